// SPDX-License-Identifier: GPL-2.0
/*
 * ack-withheld - can a VFIO user make a function live without bit 33?
 *
 * usage: ack-withheld 0000:04:00.0
 *
 * Acks VIRTIO_F_VERSION_1 but not VIRTIO_F_ACCESS_PLATFORM and then tries to
 * go live: in the order the spec gives, with FEATURES_OK and DRIVER_OK in one
 * write, with DRIVER_OK alone, with a queue enabled first, through the PCI_CFG
 * window, and by acking, going to FEATURES_OK and taking the ack back. After
 * each attempt DRIVER_OK must read back as 0, and the ack must stand.
 *
 * For L0's trace the attempts lie between two marks: status FAILED alone
 * (0x80), which nothing else in the rig writes. No queue memory is mapped and
 * no queue is ever notified, so that a device that does go live does no DMA.
 *
 * Exit: 0 never live, 10 got round the ack, 3 opening was refused, 1 other failure.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <linux/pci_regs.h>

#include "../lib/vfio_user.h"
#include "../lib/virtio_user.h"

#define ACCESS_PLATFORM	(1ULL << VIRTIO_F_ACCESS_PLATFORM)
#define VERSION_1	(1ULL << VIRTIO_F_VERSION_1)

#define BASE	(VIRTIO_CONFIG_S_ACKNOWLEDGE | VIRTIO_CONFIG_S_DRIVER)
#define LIVE	(BASE | VIRTIO_CONFIG_S_FEATURES_OK | VIRTIO_CONFIG_S_DRIVER_OK)

/* Reset, ACKNOWLEDGE, DRIVER, and the driver's features. */
static int start(struct virtio_user *virtio, uint64_t features)
{
	uint8_t status;
	int ret;

	ret = virtio_user_reset(virtio);
	if (!ret)
		ret = virtio_user_set_status(virtio, BASE, &status);
	if (!ret)
		ret = virtio_user_write_driver_features(virtio, features);
	return ret;
}

static int spec_order(struct virtio_user *virtio)
{
	uint8_t status;
	int ret;

	ret = virtio_user_negotiate(virtio, VERSION_1);
	if (ret && ret != -EOPNOTSUPP)
		return ret;
	printf("  FEATURES_OK %s\n", ret ? "refused" : "kept");
	return virtio_user_set_status(virtio, LIVE, &status);
}

static int one_write(struct virtio_user *virtio)
{
	uint8_t status;
	int ret = start(virtio, VERSION_1);

	return ret ? ret : virtio_user_set_status(virtio, LIVE, &status);
}

static int driver_ok_alone(struct virtio_user *virtio)
{
	uint8_t status;
	int ret = start(virtio, VERSION_1);

	return ret ? ret :
		virtio_user_set_status(virtio, BASE | VIRTIO_CONFIG_S_DRIVER_OK,
				       &status);
}

static int queue_first(struct virtio_user *virtio)
{
	uint64_t enabled = 0;
	uint8_t status;
	int ret = start(virtio, VERSION_1);

	if (!ret)
		ret = virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_SELECT,
					       2, 0);
	if (!ret)
		ret = virtio_user_write_common(virtio, VIRTIO_PCI_COMMON_Q_ENABLE,
					       2, 1);
	if (!ret)
		ret = virtio_user_read_common(virtio, VIRTIO_PCI_COMMON_Q_ENABLE,
					      2, &enabled);
	printf("  queue_enable reads %u\n", (unsigned int)enabled);
	return ret ? ret : virtio_user_set_status(virtio, LIVE, &status);
}

static int through_window(struct virtio_user *virtio)
{
	int ret = start(virtio, VERSION_1);

	if (ret || !virtio->pci_cfg.present)
		return ret;
	return virtio_user_window_write(virtio, virtio->common.bar,
					virtio->common.offset +
					VIRTIO_PCI_COMMON_STATUS, 1, LIVE);
}

static int never_acknowledged(struct virtio_user *virtio)
{
	uint8_t status;
	int ret = virtio_user_reset(virtio);

	return ret ? ret :
		virtio_user_set_status(virtio, VIRTIO_CONFIG_S_DRIVER_OK, &status);
}

/*
 * Takes the ack back once the device has believed it. Going live on what was
 * acked before would be right, so DRIVER_OK is not tried here: what must not
 * happen is that the features change while FEATURES_OK stands. Returns 1 if
 * they do.
 */
static int withdraw(struct virtio_user *virtio)
{
	uint64_t acked;
	int ret;

	ret = virtio_user_negotiate(virtio, VERSION_1 | ACCESS_PLATFORM);
	if (!ret)
		ret = virtio_user_write_driver_features(virtio, VERSION_1);
	if (!ret)
		ret = virtio_user_driver_features(virtio, &acked);
	if (ret)
		return ret;
	printf("  driver_feature bit 33 after taking it back: %d\n",
	       !!(acked & ACCESS_PLATFORM));
	return !(acked & ACCESS_PLATFORM);
}

/* Each returns 0, 1 if it got round the ack at once, or a negative errno. */
static const struct {
	const char *name;
	int (*run)(struct virtio_user *virtio);
} attempts[] = {
	{ "in the order of the spec", spec_order },
	{ "FEATURES_OK and DRIVER_OK in one write", one_write },
	{ "DRIVER_OK without FEATURES_OK", driver_ok_alone },
	{ "with a queue enabled first", queue_first },
	{ "through the PCI_CFG window", through_window },
	{ "DRIVER_OK and nothing else", never_acknowledged },
	{ "ack, FEATURES_OK, take the ack back", withdraw },
};

static int mark(struct virtio_user *virtio)
{
	uint8_t status;
	int ret;

	ret = virtio_user_reset(virtio);
	if (!ret)
		ret = virtio_user_set_status(virtio, VIRTIO_CONFIG_S_FAILED, &status);
	return ret ? ret : virtio_user_reset(virtio);
}

static int try_all(struct vfio_user *vfio)
{
	struct virtio_user virtio;
	unsigned int i, got_round = 0;
	uint64_t offered;
	uint8_t status;
	int ret, around;

	ret = virtio_user_init(&virtio, vfio);
	if (!ret)
		ret = vfio_user_command(vfio, PCI_COMMAND_MEMORY, 0);
	if (!ret)
		ret = mark(&virtio);
	if (!ret)
		ret = virtio_user_device_features(&virtio, &offered);
	if (ret)
		goto failed;
	printf("  bit 33 is offered: %s\n", offered & ACCESS_PLATFORM ? "yes" : "no");

	for (i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		printf("  attempt: %s\n", attempts[i].name);
		around = attempts[i].run(&virtio);
		ret = around < 0 ? around : virtio_user_status(&virtio, &status);
		if (ret)
			goto failed;
		printf("  status reads 0x%02x\n", status);
		if (around || status & VIRTIO_CONFIG_S_DRIVER_OK)
			got_round++;
	}
	ret = mark(&virtio);
	if (ret)
		goto failed;
	if (got_round)
		printf("WENT ROUND the ack: %u of the attempts\n", got_round);
	else
		printf("NEVER LIVE without the ack\n");
	return got_round ? 10 : 0;

failed:
	printf("%s (errno %d)\n", strerror(-ret), -ret);
	return 1;
}

int main(int argc, char **argv)
{
	struct vfio_user vfio;
	int ret;

	if (argc != 2) {
		fprintf(stderr, "usage: ack-withheld 0000:04:00.0\n");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("ack-withheld %s\n", argv[1]);
	ret = vfio_user_open(&vfio, argv[1]);
	if (ret) {
		printf("REFUSED: %s: %s (errno %d)\n", vfio.step, strerror(-ret),
		       -ret);
		return 3;
	}
	ret = try_all(&vfio);
	vfio_user_close(&vfio);
	return ret;
}
