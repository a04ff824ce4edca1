// SPDX-License-Identifier: GPL-2.0
/*
 * vfio-hold - open a function through VFIO and keep it, or open it many times.
 *
 * usage: vfio-hold 0000:01:00.0
 *	opens it, prints "OPEN", and keeps it until its input ends
 * usage: vfio-hold -w 0000:01:00.0
 *	with VFIO_USER_API=cdev: opens its character device, prints "WAITS", and goes on
 *	from there when it has read a line
 * usage: vfio-hold -n ROUNDS 0000:01:00.0
 *	opens and closes it that often, at odd moments; prints "ROUNDS opened=N busy=N other=N"
 *
 * "busy" is an open that found the function or its group taken, "other" any
 * other failure.
 *
 * Exit: 0 done (with -n, also if opens failed), 3 opening was refused, 2 usage.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/vfio_cdev.h"
#include "../lib/vfio_user.h"

/* Somebody else has the group: the kernel says EPERM when VFIO claims it. */
static bool is_busy(const struct vfio_user *vfio, int error)
{
	return error == -EBUSY ||
	       (error == -EPERM && !strcmp(vfio->step, "VFIO_GROUP_SET_CONTAINER"));
}

static int rounds(const char *bdf, int count)
{
	int opened = 0, busy = 0, other = 0;
	struct vfio_user vfio;
	int i, ret;

	for (i = 0; i < count; i++) {
		usleep(i % 8 * 4000);	/* not in step with anybody */
		ret = vfio_user_open(&vfio, bdf);
		if (!ret) {
			opened++;
			vfio_user_close(&vfio);
		} else if (is_busy(&vfio, ret)) {
			busy++;
		} else {
			other++;
			printf("%s: %s\n", vfio.step, strerror(-ret));
		}
	}
	printf("ROUNDS opened=%d busy=%d other=%d\n", opened, busy, other);
	return 0;
}

/* The node in one step, and access to the function in another, much later. */
static int open_in_steps(struct vfio_user *vfio, const char *bdf)
{
	char byte;
	int ret;

	ret = vfio_user_open_group(vfio, bdf);
	if (ret)
		return ret;
	ret = vfio_cdev_open_node(vfio);
	if (!ret) {
		printf("WAITS\n");
		while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n')
			;
		ret = vfio_user_open_device(vfio);
	}
	if (ret)
		vfio_user_close(vfio);
	return ret;
}

int main(int argc, char **argv)
{
	bool in_steps = argc == 3 && !strcmp(argv[1], "-w");
	struct vfio_user vfio;
	char byte;
	int ret;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 4 && !strcmp(argv[1], "-n"))
		return rounds(argv[3], atoi(argv[2]));
	if (argc != 2 && !in_steps) {
		fprintf(stderr, "usage: vfio-hold [-n ROUNDS|-w] 0000:01:00.0\n");
		return 2;
	}
	ret = in_steps ? open_in_steps(&vfio, argv[2]) : vfio_user_open(&vfio, argv[1]);
	if (ret) {
		printf("REFUSED: %s: %s\n", vfio.step, strerror(-ret));
		return 3;
	}
	printf("OPEN\n");
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	vfio_user_close(&vfio);
	return 0;
}
