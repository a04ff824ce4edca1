// SPDX-License-Identifier: GPL-2.0
/*
 * vfio-bench - what the bench does to one function as a VFIO user.
 *
 * usage: vfio-bench open BDF           open it and close it
 *        vfio-bench reset COUNT BDF    open, VFIO_DEVICE_RESET that often, close
 *        vfio-bench time BDF DRIVER    bind, open, read, close: "NAME NANOSECONDS"
 *                                      lines; leaves it unbound
 *        vfio-bench memory BDF DRIVER  the same with the kernel's tracing on in
 *                                      bind and in open alone; prints "bound" and
 *                                      "open", and after each waits for a line
 *        vfio-bench clock              prints nanoseconds since some moment
 *
 * Exit: 0 done, 1 it could not be (says what), 2 usage.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <linux/pci_regs.h>

#include "../lib/sysfs_user.h"
#include "../lib/vfio_user.h"

#define READS	20000	/* of a field, for one time */

#define DEVICES	"/sys/bus/pci/devices"
#define TRACING	"/sys/kernel/tracing/tracing_on"

static int failed(const char *what, int error)
{
	fprintf(stderr, "vfio-bench: %s: %s\n", what, strerror(-error));
	return 1;
}

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * 1e9 + at.tv_nsec;
}

static int unbind(const char *bdf)
{
	char path[128];

	snprintf(path, sizeof(path), DEVICES "/%s/driver/unbind", bdf);
	return access(path, F_OK) ? 0 : sysfs_user_write(path, bdf);
}

/* Says which driver is to have it; the bind itself is the write to drivers_probe. */
static int prepare(const char *bdf, const char *driver)
{
	char path[128];
	int ret;

	ret = unbind(bdf);
	if (ret)
		return ret;
	snprintf(path, sizeof(path), DEVICES "/%s/driver_override", bdf);
	return sysfs_user_write(path, driver);
}

static int probe(const char *bdf)
{
	char path[128];
	int ret;

	ret = sysfs_user_write("/sys/bus/pci/drivers_probe", bdf);
	if (ret)
		return ret;
	snprintf(path, sizeof(path), DEVICES "/%s/driver", bdf);
	return access(path, F_OK) ? -ENODEV : 0;
}

/* Nanoseconds of one read of a dword of configuration space, or a negative errno. */
static double read_time(struct vfio_user *vfio, uint64_t offset)
{
	uint64_t base = vfio->regions[VFIO_PCI_CONFIG_REGION_INDEX].offset + offset;
	double start = now();
	uint32_t value;
	int i;

	for (i = 0; i < READS; i++)
		if (pread(vfio->device, &value, sizeof(value), base) != sizeof(value))
			return errno ? -errno : -EIO;
	return (now() - start) / READS;
}

/* Where the first vendor capability is, as its user sees it: virtio's. */
static int virtio_cap(struct vfio_user *vfio, uint64_t *cap)
{
	uint64_t at, id;
	int turns, ret;

	ret = vfio_user_config_read(vfio, PCI_CAPABILITY_LIST, 1, &at);
	for (turns = 0; !ret && at && turns < 48; turns++) {
		ret = vfio_user_config_read(vfio, at, 1, &id);
		if (!ret && id == PCI_CAP_ID_VNDR) {
			*cap = at;
			return 0;
		}
		if (!ret)
			ret = vfio_user_config_read(vfio, at + 1, 1, &at);
	}
	return ret ? ret : -ENOENT;
}

static int time_reads(struct vfio_user *vfio)
{
	double id, body;
	uint64_t cap;
	int ret;

	ret = virtio_cap(vfio, &cap);
	if (ret)
		return failed("find a virtio capability", ret);
	id = read_time(vfio, PCI_VENDOR_ID);
	body = read_time(vfio, cap + 8);
	if (id < 0 || body < 0)
		return failed("read configuration space", id < 0 ? id : body);
	printf("read-id %.0f\nread-capability %.0f\n", id, body);
	return 0;
}

static int time_round(const char *bdf, const char *driver)
{
	struct vfio_user vfio;
	double start, bound, opened;
	int ret;

	ret = prepare(bdf, driver);
	if (ret)
		return failed("driver_override", ret);
	start = now();
	ret = probe(bdf);
	bound = now() - start;
	if (ret)
		return failed("bind", ret);

	ret = vfio_user_open_group(&vfio, bdf);
	if (ret)
		return failed(vfio.step, ret);
	start = now();
	vfio.device = ioctl(vfio.group, VFIO_GROUP_GET_DEVICE_FD, bdf);
	opened = now() - start;
	if (vfio.device < 0)
		return failed("VFIO_GROUP_GET_DEVICE_FD", -errno);
	ret = vfio_user_region_info(&vfio, VFIO_PCI_CONFIG_REGION_INDEX,
				    &vfio.regions[VFIO_PCI_CONFIG_REGION_INDEX]);
	if (ret)
		return failed("VFIO_DEVICE_GET_REGION_INFO", ret);
	printf("bind %.0f\nopen %.0f\n", bound, opened);
	if (time_reads(&vfio))
		return 1;
	start = now();
	vfio_user_close_device(&vfio);
	printf("close %.0f\n", now() - start);
	vfio_user_close(&vfio);
	ret = unbind(bdf);
	return ret ? failed("unbind", ret) : 0;
}

static void say_and_wait(const char *what)
{
	char line[16];

	printf("%s\n", what);
	if (!fgets(line, sizeof(line), stdin))
		exit(1);
}

/* Not at once: what others free on our behalf, as RCU does, is to be seen too. */
static void stop_tracing(void)
{
	sleep(1);
	sysfs_user_write(TRACING, "0");
}

static int memory(const char *bdf, const char *driver)
{
	struct vfio_user vfio;
	int ret;

	ret = prepare(bdf, driver);
	if (ret)
		return failed("driver_override", ret);
	ret = sysfs_user_write(TRACING, "1");
	if (ret)
		return failed(TRACING, ret);
	ret = probe(bdf);
	stop_tracing();
	if (ret)
		return failed("bind", ret);
	say_and_wait("bound");

	ret = vfio_user_open_group(&vfio, bdf);
	if (ret)
		return failed(vfio.step, ret);
	sysfs_user_write(TRACING, "1");
	vfio.device = ioctl(vfio.group, VFIO_GROUP_GET_DEVICE_FD, bdf);
	ret = -errno;
	stop_tracing();
	if (vfio.device < 0)
		return failed("VFIO_GROUP_GET_DEVICE_FD", ret);
	say_and_wait("open");
	vfio_user_close(&vfio);
	ret = unbind(bdf);
	return ret ? failed("unbind", ret) : 0;
}

/* Opens, resets @count times, closes. */
static int reset(const char *bdf, int count)
{
	struct vfio_user vfio;
	int ret;

	ret = vfio_user_open(&vfio, bdf);
	if (ret)
		return failed(vfio.step, ret);
	while (!ret && count-- > 0)
		ret = vfio_user_reset(&vfio);
	vfio_user_close(&vfio);
	return ret ? failed("VFIO_DEVICE_RESET", ret) : 0;
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 2 && !strcmp(argv[1], "clock"))
		return printf("%.0f\n", now()) < 0;
	if (argc == 3 && !strcmp(argv[1], "open"))
		return reset(argv[2], 0);
	if (argc == 4 && !strcmp(argv[1], "reset"))
		return reset(argv[3], atoi(argv[2]));
	if (argc == 4 && !strcmp(argv[1], "time"))
		return time_round(argv[2], argv[3]);
	if (argc == 4 && !strcmp(argv[1], "memory"))
		return memory(argv[2], argv[3]);
	fprintf(stderr, "usage: vfio-bench open BDF | reset COUNT BDF |"
		" time BDF DRIVER | memory BDF DRIVER | clock\n");
	return 2;
}
