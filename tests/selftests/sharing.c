// SPDX-License-Identifier: GPL-2.0
/*
 * sharing.c - one open function in several hands: another process that was
 * given the descriptor, and threads that use different doors at once.
 */
#include <pthread.h>
#include <sys/socket.h>

#include "fixture.h"

FIXTURE(sharing)
{
	struct function function;
	struct witness witness;
};

FIXTURE_SETUP(sharing)
{
	open_function(_metadata, &self->function, &self->witness, "BLK_TRANSLATED", "auto");
}

FIXTURE_TEARDOWN(sharing)
{
	close_function(_metadata, &self->function, &self->witness);
}

/* One descriptor in two processes: the last one to close it ends its life. */
TEST_F(sharing, the_descriptor_works_in_another_process)
{
	struct virtio_user *virtio = &self->function.virtio;
	char room[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec byte = { .iov_base = "", .iov_len = 1 };
	struct msghdr message = {
		.msg_iov = &byte, .msg_iovlen = 1,
		.msg_control = room, .msg_controllen = sizeof(room),
	};
	struct cmsghdr *control = CMSG_FIRSTHDR(&message);
	int pair[2], status;
	uint8_t seen;
	pid_t child;

	ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
	child = fork();
	ASSERT_LE(0, child);
	if (!child) {
		char answer;

		/* Nothing that was inherited: only what is sent. */
		function_close(&self->function);
		close(pair[0]);
		byte.iov_base = &answer;
		if (recvmsg(pair[1], &message, 0) != 1)
			_exit(1);
		memcpy(&self->function.vfio.device, CMSG_DATA(control), sizeof(int));
		if (virtio_user_negotiate(virtio, VERSION_1) != -EOPNOTSUPP)
			_exit(2);
		if (virtio_user_negotiate(virtio, VERSION_1 | ACCESS_PLATFORM))
			_exit(3);
		if (write(pair[1], "", 1) != 1)
			_exit(4);
		/* The parent closes its own; ours still works. */
		if (read(pair[1], &answer, 1) != 1)
			_exit(5);
		if (virtio_user_status(virtio, &seen) || seen != 0x0b)
			_exit(6);
		_exit(0);
	}
	control->cmsg_level = SOL_SOCKET;
	control->cmsg_type = SCM_RIGHTS;
	control->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(control), &self->function.vfio.device, sizeof(int));
	ASSERT_EQ(1, sendmsg(pair[0], &message, 0));
	ASSERT_EQ(1, read(pair[0], &seen, 1));
	EXPECT_EQ(0, virtio_user_status(virtio, &seen));
	EXPECT_EQ(0x0b, seen);

	function_close(&self->function);
	EXPECT_TRUE(attribute_is(self->function.bdf, "open", "1"));
	ASSERT_EQ(1, write(pair[0], "", 1));
	ASSERT_EQ(child, waitpid(child, &status, 0));
	EXPECT_EQ(0, status);
	EXPECT_TRUE(attribute_is(self->function.bdf, "open", "0"));
	EXPECT_EQ(0, witness_status(&self->witness));
}

/* What a reader in another process is doing: visible to both. */
struct reading {
	bool is_reading;
	uint8_t bytes[4096];
};

#define UNTOUCHED	0xee

static void keep_reading(int device, off_t at, struct reading *reading)
{
	for (;;) {
		memset(reading->bytes, UNTOUCHED, sizeof(reading->bytes));
		__atomic_store_n(&reading->is_reading, true, __ATOMIC_SEQ_CST);
		if (pread(device, reading->bytes, sizeof(reading->bytes), at) < 0)
			_exit(1);
		__atomic_store_n(&reading->is_reading, false, __ATOMIC_SEQ_CST);
	}
}

/*
 * One read of a long structure is many accesses. A reader that is killed meanwhile
 * does not hold the processor to the end of them: where it was killed, the rest of its
 * buffer is as it was.
 */
TEST_F(sharing, a_read_ends_when_its_reader_is_killed)
{
	const struct virtio_user_cap *common = &self->function.virtio.common;
	struct vfio_user *vfio = &self->function.vfio;
	off_t at = vfio->regions[common->bar].offset + common->offset;
	unsigned int tries, ended_within = 0;
	struct timespec pause = { 0 };
	struct reading *reading;
	int status;
	pid_t child;

	ASSERT_LE(sizeof(reading->bytes), common->length);
	reading = mmap(NULL, sizeof(*reading), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, reading);
	for (tries = 0; !ended_within && tries < 200; tries++) {
		reading->is_reading = false;
		child = fork();
		ASSERT_LE(0, child);
		if (!child)
			keep_reading(vfio->device, at, reading);
		/* Not in step with it. */
		pause.tv_nsec = 1000000 + tries % 16 * 250000;
		nanosleep(&pause, NULL);
		ASSERT_EQ(0, kill(child, SIGKILL));
		ASSERT_EQ(child, waitpid(child, &status, 0));
		ASSERT_TRUE(WIFSIGNALED(status));
		ended_within += reading->is_reading && reading->bytes[0] != UNTOUCHED &&
				reading->bytes[sizeof(reading->bytes) - 1] == UNTOUCHED;
	}
	EXPECT_EQ(1, ended_within) {
		TH_LOG("in %u tries", tries);
	}
	munmap(reading, sizeof(*reading));
}

struct door {
	struct function *function;
	unsigned int steps;
	unsigned int failed;
};

static void *use_bar(void *argument)
{
	struct door *door = argument;
	uint64_t value;
	unsigned int i;
	int ret;

	for (i = 0; i < door->steps; i++) {
		ret = virtio_user_negotiate(&door->function->virtio, VERSION_1);
		door->failed += ret != -EOPNOTSUPP;
		ret = virtio_user_read_common(&door->function->virtio,
					      VIRTIO_PCI_COMMON_NUMQ, 2, &value);
		door->failed += ret || value != 1;
	}
	return NULL;
}

static void *use_window(void *argument)
{
	struct door *door = argument;
	struct virtio_user *virtio = &door->function->virtio;
	uint64_t value;
	unsigned int i;
	int ret;

	for (i = 0; i < door->steps; i++) {
		ret = virtio_user_window_read(virtio, virtio->common.bar,
					      virtio->common.offset +
					      VIRTIO_PCI_COMMON_NUMQ, 2, &value);
		door->failed += ret || value != 1;
		ret = virtio_user_window_write(virtio, virtio->common.bar,
					       virtio->common.offset +
					       VIRTIO_PCI_COMMON_Q_ENABLE, 2, 1);
		door->failed += ret != 0;
	}
	return NULL;
}

static void *use_config(void *argument)
{
	struct door *door = argument;
	struct vfio_user *vfio = &door->function->vfio;
	uint8_t first[256], seen[256];
	unsigned int i;

	if (vfio_user_read(vfio, VFIO_PCI_CONFIG_REGION_INDEX, 0, first, 64))
		door->failed++;
	for (i = 0; i < door->steps; i++) {
		door->failed += vfio_user_read(vfio, VFIO_PCI_CONFIG_REGION_INDEX, 0, seen,
					       sizeof(seen)) != 0;
		door->failed += memcmp(first, seen, 64) != 0;
		door->failed += vfio_user_reset(&door->function->vfio) != 0;
	}
	return NULL;
}

TEST_F(sharing, two_threads_at_two_doors)
{
	struct door doors[2] = {
		{ .function = &self->function, .steps = 150 },
		{ .function = &self->function, .steps = 150 },
	};
	pthread_t threads[2];

	ASSERT_EQ(0, pthread_create(&threads[0], NULL, use_bar, &doors[0]));
	ASSERT_EQ(0, pthread_create(&threads[1], NULL, use_window, &doors[1]));
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	EXPECT_EQ(0, doors[0].failed);
	EXPECT_EQ(0, doors[1].failed);
	expect_not_live(_metadata, &self->function, &self->witness);
}

/* The window and the resets of the function under it. */
TEST_F(sharing, resets_under_an_open_window)
{
	struct door doors[2] = {
		{ .function = &self->function, .steps = 200 },
		{ .function = &self->function, .steps = 12 },
	};
	pthread_t threads[2];

	ASSERT_EQ(0, pthread_create(&threads[0], NULL, use_window, &doors[0]));
	ASSERT_EQ(0, pthread_create(&threads[1], NULL, use_config, &doors[1]));
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	EXPECT_EQ(0, doors[0].failed);
	EXPECT_EQ(0, doors[1].failed);
	expect_not_live(_metadata, &self->function, &self->witness);
}

TEST_HARNESS_MAIN
