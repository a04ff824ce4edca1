// SPDX-License-Identifier: GPL-2.0-only
/*
 * The command monitor: what happens to virtio functions, as the driver's uevents tell it.
 * They come from the kernel itself, so that no udevd is needed. libudev drops what
 * another sender made.
 */
#include <errno.h>
#include <libudev.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "function.h"
#include "json.h"
#include "output.h"
#include "sysfs.h"

/* Room for what comes while this process does not run. */
#define BUFFER_BYTES	(1 << 20)

/* A uevent of the driver's. What it does not have is NULL. */
struct event {
	char time[sizeof("2025-11-22T10:34:56Z")];
	const char *address;
	const char *event;
	const char *driver;
	const char *guard;
	const char *verdict;
	const char *basis;
	const char *policy;
	int admitted;
	const char *reason;
	const char *refusal;
	const char *error;
	const char *measured;
	char meaning[TEXT_SIZE];
	char room[TEXT_SIZE];	/* for the texts */
	size_t used;
};

#define OWN(kind, member)	{ #member, MEMBER(kind, struct event, member) }

static const struct row event_rows[] = {
	OWN(CHARS, time), OWN(TEXT, address), OWN(TEXT, event), OWN(TEXT, driver),
	OWN(TEXT, guard), OWN(TEXT, verdict), OWN(TEXT, basis), OWN(TEXT, policy),
	OWN(YES_NO, admitted), OWN(TEXT, reason), OWN(TEXT, refusal), OWN(TEXT, error),
	OWN(TEXT, measured), OWN(CHARS, meaning), ROWS_END
};

static const char *keep_text(struct event *event, const char *text)
{
	char *kept = event->room + event->used;
	size_t size = text ? strlen(text) + 1 : 0;

	if (!size || size > sizeof(event->room) - event->used)
		return NULL;
	memcpy(kept, text, size);
	clean_text(kept);
	event->used += size;
	return kept;
}

static const char *variable(struct event *event, struct udev_device *device, const char *name)
{
	return keep_text(event, udev_device_get_property_value(device, name));
}

/* "REASON", behind what was decided. */
static void mean(struct event *event, const char *decided)
{
	snprintf(event->meaning, TEXT_SIZE, "%s: %s", decided, or_unknown(event->reason));
}

static void mean_bound(struct event *event)
{
	mean(event, event->admitted == 1 ? "VFIO may open it" : "VFIO will not open it");
}

static void mean_guard(struct event *event)
{
	const char *driver = event->driver ? event->driver : "a VFIO driver";
	int guard = event->guard ? find_word(event->guard, vfx_guard_word, VFX_GUARDS) : NOT_KNOWN;
	char text[BUFFER_SIZE];

	switch (guard) {
	case VFX_GUARD_ADMITTED:
		snprintf(text, sizeof(text), "admitted, %s may have it", driver);
		break;
	case VFX_GUARD_VETOED:
		snprintf(text, sizeof(text), "vetoed, %s is not given it", driver);
		break;
	case VFX_GUARD_OWNED:
		snprintf(text, sizeof(text), "owned, %s has it and nobody can open it", driver);
		break;
	case VFX_GUARD_IN_USE:
		snprintf(text, sizeof(text), "in-use, %s HAS IT ALTHOUGH IT IS NOT ADMITTED",
			 driver);
		break;
	default:
		snprintf(event->meaning, TEXT_SIZE, "off, the guard has nothing to do with it");
		return;
	}
	mean(event, text);
}

static void mean_open(struct event *event)
{
	if (!event->error)
		mean(event, "a user has it open");
	else if (event->admitted == 0)
		mean(event, "refused");
	else
		snprintf(event->meaning, TEXT_SIZE, "failed: %s; to do: see the kernel log",
			 event->error);
}

static void mean_refused(struct event *event)
{
	int refusal = event->refusal ?
		      find_word(event->refusal, vfx_refusal_word, VFX_REFUSALS) : NOT_KNOWN;
	const char *remedy;

	if (refusal == NOT_KNOWN)
		return;
	remedy = refusal_remedy(refusal);
	snprintf(event->meaning, TEXT_SIZE, "%s: %s%s%s", event->refusal, refusal_meaning(refusal),
		 remedy ? "; to do: " : "", remedy ? remedy : "");
}

static void mean_evidence(struct event *event)
{
	char unacked[16], acked[16], forced[16];

	if (!event->measured ||
	    sscanf(event->measured, "%15s %15s %15s", unacked, acked, forced) != 3)
		return;
	snprintf(event->meaning, TEXT_SIZE, "measured, without the ack %s, with the ack %s, by "
		 "force %s: its verdict is %s (%s)", unacked, acked, forced,
		 or_unknown(event->verdict), or_unknown(event->basis));
}

static const struct {
	const char *event;
	void (*mean)(struct event *event);
} meanings[] = {
	{ "bound", mean_bound },
	{ "guard", mean_guard },
	{ "open", mean_open },
	{ "refused", mean_refused },
	{ "evidence", mean_evidence },
};

/* The error is a negative number, or 0. */
static const char *error_text(struct event *event, const char *number)
{
	int error = number ? atoi(number) : 0;

	return error ? keep_text(event, strerror(-error)) : NULL;
}

static void read_event(struct event *event, struct udev_device *device)
{
	const char *admitted;
	time_t now = time(NULL);
	struct tm utc;
	size_t i;

	memset(event, 0, sizeof(*event));
	if (gmtime_r(&now, &utc))
		strftime(event->time, sizeof(event->time), "%Y-%m-%dT%H:%M:%SZ", &utc);
	event->address = keep_text(event, udev_device_get_sysname(device));
	event->event = variable(event, device, "VFIO_VIRTIO_FIXUP");
	event->driver = variable(event, device, "DRIVER");
	event->guard = variable(event, device, "VFIO_VIRTIO_FIXUP_GUARD");
	event->verdict = variable(event, device, "VFIO_VIRTIO_FIXUP_VERDICT");
	event->basis = variable(event, device, "VFIO_VIRTIO_FIXUP_BASIS");
	event->policy = variable(event, device, "VFIO_VIRTIO_FIXUP_POLICY");
	admitted = variable(event, device, "VFIO_VIRTIO_FIXUP_ADMITTED");
	event->admitted = admitted ? !strcmp(admitted, "1") : NOT_KNOWN;
	event->reason = variable(event, device, "VFIO_VIRTIO_FIXUP_REASON");
	event->refusal = variable(event, device, "VFIO_VIRTIO_FIXUP_REFUSAL");
	event->error = error_text(event, variable(event, device, "VFIO_VIRTIO_FIXUP_ERROR"));
	event->measured = variable(event, device, "VFIO_VIRTIO_FIXUP_MEASURED");
	for (i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (event->event && !strcmp(event->event, meanings[i].event))
			meanings[i].mean(event);
}

static void print_event(const struct event *event, bool json)
{
	if (json)
		rows_object(NULL, event_rows, event, 0);
	else
		printf("%s %s %s: %s\n", event->time, event->address, event->event,
		       event->meaning);
}

static void take_event(struct udev_monitor *monitor, bool json)
{
	struct udev_device *device = udev_monitor_receive_device(monitor);
	struct event event;

	if (!device && errno == ENOBUFS)
		report_warning("monitor", "events were lost, as more came than could be read");
	if (!device)
		return;
	if (udev_device_get_property_value(device, "VFIO_VIRTIO_FIXUP")) {
		read_event(&event, device);
		print_event(&event, json);
	}
	udev_device_unref(device);
}

/* Until the user ends it, or nobody reads on. */
static int watch(struct udev_monitor *monitor, int signals, bool json)
{
	struct pollfd sources[] = {
		{ udev_monitor_get_fd(monitor), POLLIN, 0 },
		{ signals, POLLIN, 0 },
		{ STDOUT_FILENO, 0, 0 },
	};

	for (;;) {
		if (poll(sources, sizeof(sources) / sizeof(sources[0]), -1) < 0) {
			report_error("monitor", "%s", strerror(errno));
			return CLI_FAILED;
		}
		if (sources[1].revents || sources[2].revents)
			return CLI_DONE;
		take_event(monitor, json);
		if (fflush(stdout))
			return CLI_FAILED;
	}
}

static int watch_with_signals(struct udev_monitor *monitor, bool json)
{
	sigset_t set;
	int code, fd;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	if (fd < 0) {
		report_error("monitor", "%s", strerror(errno));
		return CLI_FAILED;
	}
	code = watch(monitor, fd, json);
	close(fd);
	return code;
}

static int run(int argc, char **argv)
{
	struct udev *udev;
	struct udev_monitor *monitor;
	int code = CLI_FAILED;

	if (!sysfs_is_running_kernel()) {
		report_error("monitor", "is for this machine: a tree of files sends no events");
		return CLI_USAGE;
	}
	json_lines();
	udev = udev_new();
	monitor = udev ? udev_monitor_new_from_netlink(udev, "kernel") : NULL;
	if (monitor && udev_monitor_filter_add_match_subsystem_devtype(monitor, "pci", NULL) >= 0 &&
	    udev_monitor_enable_receiving(monitor) >= 0) {
		/* Without the right to more room, there is less. */
		udev_monitor_set_receive_buffer_size(monitor, BUFFER_BYTES);
		code = watch_with_signals(monitor, cli->json);
	} else {
		report_error("monitor", "the kernel's events cannot be received: %s",
			     strerror(errno));
	}
	udev_monitor_unref(monitor);
	udev_unref(udev);
	return code;
}

const struct command command_monitor = {
	.name = "monitor",
	.arguments = "[--json]",
	.help = "what happens to virtio functions, as it happens",
	.details =
		"A line for each event: when, to which function, what, and what that means. "
		"With --json, a line is an object. It goes on until it is interrupted. Of what a "
		"user does and may not, only the first of each kind is told after each open; "
		"the counters of show have them all.",
	.example = CLI_NAME " monitor",
	.own_output = true,
	.run = run,
};
