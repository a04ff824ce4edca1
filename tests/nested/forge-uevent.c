// SPDX-License-Identifier: GPL-2.0
/*
 * forge-uevent - send what looks like a uevent of the driver's to all who listen for the
 * kernel's, as root, as nobody, and as root of a user and network namespace.
 *
 * usage: forge-uevent 0000:01:00.0
 *
 * Prints a line for each: who, what came of sending, and whether a socket that looks at no
 * sender received it. Exit: 0; 1 something else failed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/netlink.h>

#define KERNELS_GROUP	1

static struct sockaddr_nl group = { .nl_family = AF_NETLINK, .nl_groups = KERNELS_GROUP };

static int open_socket(void)
{
	return socket(AF_NETLINK, SOCK_DGRAM | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
}

/* The kernel's form: a first line, and variables, with a NUL behind each. */
static size_t make_uevent(char *uevent, size_t size, const char *address)
{
	return (size_t)snprintf(uevent, size, "change@/devices/%s%cACTION=change%c"
				"DEVPATH=/devices/%s%cSUBSYSTEM=pci%cPCI_SLOT_NAME=%s%c"
				"VFIO_VIRTIO_FIXUP=guard%cVFIO_VIRTIO_FIXUP_GUARD=admitted%c"
				"SEQNUM=1%c", address, 0, 0, address, 0, 0, address, 0, 0, 0, 0);
}

static int become_nobody(void)
{
	return setgid(65534) || setuid(65534) ? -1 : 0;
}

static int become_other_root(void)
{
	return unshare(CLONE_NEWUSER | CLONE_NEWNET);
}

static int stay_root(void)
{
	return 0;
}

static const struct {
	const char *who;
	int (*become)(void);
} senders[] = {
	{ "root", stay_root },
	{ "nobody", become_nobody },
	{ "namespace", become_other_root },
};

/* In a child, which may become another. Its exit code is an errno. */
static int send_as(int (*become)(void), const char *uevent, size_t size)
{
	int status, fd;
	pid_t child = fork();

	if (!child) {
		if (become())
			_exit(255);
		fd = open_socket();
		_exit(sendto(fd, uevent, size, 0, (struct sockaddr *)&group, sizeof(group)) < 0 ?
		      errno : 0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return 255;
	return WEXITSTATUS(status);
}

/* Came exactly this? What else comes is the kernel's. */
static int is_received(int fd, const char *uevent, size_t size)
{
	char text[4096];
	ssize_t length;

	while ((length = recv(fd, text, sizeof(text), 0)) >= 0)
		if ((size_t)length == size && !memcmp(text, uevent, size))
			return 1;
	return 0;
}

int main(int argc, char **argv)
{
	char uevent[512];
	size_t size, i;
	int fd, err;

	if (argc != 2)
		return 1;
	size = make_uevent(uevent, sizeof(uevent), argv[1]);
	fd = open_socket();
	if (fd < 0 || bind(fd, (struct sockaddr *)&group, sizeof(group))) {
		perror("forge-uevent");
		return 1;
	}
	for (i = 0; i < sizeof(senders) / sizeof(senders[0]); i++) {
		err = send_as(senders[i].become, uevent, size);
		if (err == 255)
			return 1;
		printf("%s: %s, %s\n", senders[i].who, err ? strerror(err) : "sent",
		       is_received(fd, uevent, size) ? "received" : "not received");
	}
	return 0;
}
