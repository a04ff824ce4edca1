// SPDX-License-Identifier: GPL-2.0
/*
 * guard-attack - does anybody get a function that the guard did not admit?
 *
 * Some processes ask VFIO for device file descriptors in every way that it has, all the
 * time. Others bind the functions, take them from their drivers, remove them and find
 * them again, measure them, give them policies, and ask L0 to plug them. Each descriptor
 * is judged by the guard's own word in sysfs, and by what the rig knows: a function that
 * bypasses is admitted by nothing but the policy unsafe.
 *
 * usage: guard-attack SEED EVENTS ADDRESS=TRUTH[,WORD]...
 *	TRUTH  bypasses, or translated
 *	WORD   the rig's, for a function that L0 may unplug and plug again
 *
 * Prints each descriptor that nobody should have, what came of all, and the seed.
 *
 * Exit: 0 no such descriptor, 10 there was one, 1 it broke off, 2 usage.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/sysfs_user.h"
#include "../lib/vfio_user.h"

#define MOST_FUNCTIONS	16
#define USERS		3	/* by group; one more by character device */
#define OPERATORS	2
#define SYSFS		"/sys/bus/pci/"
#define OURS		"virtio_fixup_vfio_pci"

struct function {
	char bdf[16];
	char word[32];
	bool bypasses;
	/* Changes of what may admit it, how many began and how many ended. */
	atomic_uint begun, ended;
	atomic_bool unsafe;		/* the policy that admits all */
	/* It was open when it ceased to be admitted; until it leaves its driver. */
	atomic_bool turned;
	atomic_uint descriptors, wrong, unsure, probed;
};

static struct shared {
	atomic_bool stop;
	atomic_uint events, binds, vetoes, gone;
	unsigned int count;
	struct function function[MOST_FUNCTIONS];
} *shared;

static uint64_t random_state;

static unsigned int draw(unsigned int below)
{
	random_state = random_state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (random_state >> 33) % below;
}

static struct function *draw_function(void)
{
	return &shared->function[draw(shared->count)];
}

static __attribute__((format(printf, 2, 3)))
int put(const char *text, const char *format, ...)
{
	char path[PATH_MAX];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(path, sizeof(path), format, arguments);
	va_end(arguments);
	return sysfs_user_write(path, text);
}

/* The last part of a link in the function's folder; "" if there is none. */
static void linked(const struct function *f, const char *name, char *to, size_t size)
{
	char path[PATH_MAX], target[PATH_MAX];
	ssize_t length;

	snprintf(path, sizeof(path), SYSFS "devices/%s/%s", f->bdf, name);
	length = readlink(path, target, sizeof(target) - 1);
	target[length < 0 ? 0 : length] = '\0';
	snprintf(to, size, "%s", basename(target));
}

static bool has_driver(const struct function *f, const char *driver)
{
	char name[64];

	linked(f, "driver", name, sizeof(name));
	return !strcmp(name, driver);
}

static int group_of(const struct function *f)
{
	char number[16];

	linked(f, "iommu_group", number, sizeof(number));
	return *number ? atoi(number) : -1;
}

/* A word of the module's in sysfs; "nothing" without a record, or without the module. */
static void says(const struct function *f, const char *attribute, char word[16])
{
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), SYSFS "devices/%s/virtio_fixup/%s", f->bdf, attribute);
	file = fopen(path, "re");
	if (!file || fscanf(file, "%15s", word) != 1)
		strcpy(word, "nothing");
	if (file)
		fclose(file);
}

static bool says_that(const struct function *f, const char *attribute, const char *wanted)
{
	char word[16];

	says(f, attribute, word);
	return !strcmp(word, wanted);
}

/* --- users: they want descriptors ------------------------------------------ */

struct moment {
	unsigned int begun;
	bool quiet;
};

static struct moment now(struct function *f)
{
	unsigned int ended = f->ended;
	unsigned int begun = f->begun;

	return (struct moment){ begun, begun == ended };
}

/*
 * Nobody had it open until now, so it was admitted for this, or else nobody should. Our
 * own driver says that it is open; the link to a driver is gone while that lets go.
 */
static bool is_rightful(const struct function *f)
{
	if (says_that(f, "guard", "in-use"))
		return f->turned;
	if (f->bypasses && !f->unsafe)
		return false;
	if (says_that(f, "open", "1"))
		return says_that(f, "admitted", "1");
	return says_that(f, "guard", "admitted");
}

/*
 * A descriptor that is open keeps the function on its driver, so only a policy or a
 * measurement can change what is said of it until this has looked.
 */
static void judge(struct function *f, struct moment before, const char *way)
{
	bool rightful = is_rightful(f);
	char driver[64], word[16];

	f->descriptors++;
	if (!before.quiet || before.begun != f->begun) {
		f->unsure++;
		return;
	}
	if (rightful || f->wrong++)
		return;
	says(f, "guard", word);
	linked(f, "driver", driver, sizeof(driver));
	printf("WRONG: a descriptor of %s, which %s, %s, on %s; the guard says: %s\n", f->bdf,
	       f->bypasses ? "bypasses" : "is translated", way, driver, word);
}

/* The group with an iommufd for a container; the function's claim comes at its open. */
static int open_group_by_iommufd(struct vfio_user *user, const struct function *f)
{
	char path[64];

	memset(user, 0, sizeof(*user));
	user->container = -1;
	user->device = -1;
	user->group_id = group_of(f);
	snprintf(path, sizeof(path), "/dev/vfio/%d", user->group_id);
	user->group = open(path, O_RDWR | O_CLOEXEC);
	user->iommufd = open("/dev/iommu", O_RDWR | O_CLOEXEC);
	if (user->group < 0 || user->iommufd < 0 ||
	    ioctl(user->group, VFIO_GROUP_SET_CONTAINER, &user->iommufd)) {
		vfio_user_close(user);
		return -EIO;
	}
	return 0;
}

/* Gets the group through any of its members, and asks for all of them until it has them. */
static void sit_in_group(void)
{
	int fds[MOST_FUNCTIONS], turn, turns = draw(3) ? 1 : draw(100);
	struct function *f = draw_function();
	struct vfio_user user;
	struct moment before;
	unsigned int i;

	if (draw(4) ? vfio_user_open_group(&user, f->bdf) : open_group_by_iommufd(&user, f))
		return;
	memset(fds, 0xff, sizeof(fds));
	for (turn = 0; turn < turns && !shared->stop; turn++) {
		for (i = 0; i < shared->count; i++) {
			f = &shared->function[i];
			if (fds[i] >= 0 || group_of(f) != user.group_id)
				continue;
			before = now(f);
			fds[i] = ioctl(user.group, VFIO_GROUP_GET_DEVICE_FD, f->bdf);
			if (fds[i] >= 0)
				judge(f, before, turn ? "within its group" : "by its group");
		}
		usleep(draw(2000));
	}
	for (i = 0; i < shared->count; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	vfio_user_close(&user);
}

/* An address space, and functions that are bound to it by their character devices. */
static void sit_in_space(void)
{
	int turn, turns = draw(50);
	struct function *f = draw_function();
	struct vfio_user user;
	struct moment before;

	if (vfio_user_open_group(&user, f->bdf))
		return;
	for (turn = 0; turn < turns && !shared->stop; turn++) {
		before = now(f);
		if (!vfio_user_open_device(&user)) {
			judge(f, before, "by its character device");
			usleep(draw(20000));
			vfio_user_close_device(&user);
		}
		usleep(draw(2000));
	}
	vfio_user_close(&user);
}

static void use(bool by_cdev)
{
	if (by_cdev)
		setenv("VFIO_USER_API", "cdev", 1);
	while (!shared->stop) {
		if (by_cdev)
			sit_in_space();
		else
			sit_in_group();
		usleep(draw(2000));
	}
}

/* --- operators: they change what the functions are ------------------------- */

static void unbind(struct function *f)
{
	put(f->bdf, SYSFS "devices/%s/driver/unbind", f->bdf);
	f->turned = false;
}

/* By one of the two doors; what bypasses must not be on vfio-pci afterwards. */
static void bind_to(struct function *f, const char *driver)
{
	put(driver, SYSFS "devices/%s/driver_override", f->bdf);
	unbind(f);
	shared->binds++;
	if (draw(2))
		put(f->bdf, SYSFS "drivers_probe");
	else
		put(f->bdf, SYSFS "drivers/%s/bind", driver);
	if (says_that(f, "guard", "vetoed"))
		shared->vetoes++;
	if (f->bypasses && !f->unsafe && has_driver(f, "vfio-pci") && !f->probed++)
		printf("WRONG: %s, which bypasses, was probed by vfio-pci\n", f->bdf);
}

static void change(struct function *f, const char *attribute, const char *value)
{
	f->begun++;
	if (!put(value, SYSFS "devices/%s/virtio_fixup/%s", f->bdf, attribute) &&
	    !strcmp(attribute, "policy"))
		f->unsafe = !strcmp(value, "unsafe");
	f->turned = says_that(f, "guard", "in-use");
	f->ended++;
}

/* Its record ends with it; the next one has the module's policy. */
static void remove_and_find(struct function *f)
{
	f->begun++;
	put("1", SYSFS "devices/%s/remove", f->bdf);
	f->unsafe = false;
	f->turned = false;
	f->ended++;
	if (!draw(3))
		usleep(draw(100000));
	put("1", "/sys/bus/pci/rescan");
}

/* L0 reads it, and it comes when it comes. */
static void plug(struct function *f)
{
	char path[PATH_MAX];
	bool gone;

	snprintf(path, sizeof(path), SYSFS "devices/%s", f->bdf);
	gone = access(path, F_OK);
	if (gone) {
		f->unsafe = false;
		f->turned = false;
		shared->gone++;
	}
	printf("# %s %s\n", gone ? "plug" : "unplug", f->word);
}

/* The driver gets every function with that ID that no override keeps from it. */
static void give_id(struct function *f)
{
	char id[32], path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), SYSFS "devices/%s/device", f->bdf);
	file = fopen(path, "re");
	if (!file)
		return;
	strcpy(id, "1af4 ");
	if (fscanf(file, "%8s", id + strlen(id)) == 1) {
		put("\n", SYSFS "devices/%s/driver_override", f->bdf);
		unbind(f);
		put(id, SYSFS "drivers/vfio-pci/new_id");
		put(id, SYSFS "drivers/vfio-pci/remove_id");
	}
	fclose(file);
}

/*
 * No reset from sysfs among them: VFIO saves a function's state at its open without the
 * lock that a reset takes, and a function that is reset just then loses its BARs. Nor is
 * what L0 unplugs removed from sysfs: where both meet, Linux 6.12 uses freed memory
 * (remove_store()).
 */
static void event(struct function *f)
{
	static const char *const policies[] = {
		"auto", "auto", "strict", "deny", "unsafe", "physical",
	};

	switch (draw(16)) {
	default:
		bind_to(f, "vfio-pci");
		break;
	case 0:
		bind_to(f, "virtio-pci");
		break;
	case 1:
		bind_to(f, OURS);
		break;
	case 2:
		unbind(f);
		break;
	case 3:
		if (*f->word)
			plug(f);
		else
			remove_and_find(f);
		break;
	case 4:
		change(f, "measure", draw(2) ? "1" : "clear");
		break;
	case 5:
	case 6:
	case 7:
		change(f, "policy", policies[draw(sizeof(policies) / sizeof(policies[0]))]);
		break;
	case 8:
		give_id(f);
		break;
	}
}

static void operate(unsigned int which, unsigned int events)
{
	unsigned int i, all;

	for (i = 0; i < events; i++) {
		/* Each has functions of its own, so that a policy is only one's. */
		event(&shared->function[which + OPERATORS *
					draw((shared->count + OPERATORS - 1 - which) / OPERATORS)]);
		all = ++shared->events;
		if (all % 50 == 0)
			printf("# %u events\n", all);
		usleep(draw(5000));
	}
}

/* --- all of them ------------------------------------------------------------ */

static pid_t start(uint64_t seed)
{
	pid_t pid = fork();

	if (!pid)
		random_state = seed;
	return pid;
}

/* Return: all of them ended as they should. */
static bool attack(uint64_t seed, unsigned int events)
{
	pid_t operators[OPERATORS], users[USERS + 1];
	bool cdev = !access("/dev/vfio/devices", F_OK);
	unsigned int i, count = USERS + cdev;
	bool well = true;
	int status;

	for (i = 0; i < count; i++) {
		users[i] = start(seed + 100 + i);
		if (!users[i]) {
			use(i == USERS);
			_exit(0);
		}
	}
	for (i = 0; i < OPERATORS; i++) {
		operators[i] = start(seed + i);
		if (!operators[i]) {
			operate(i, events / OPERATORS);
			_exit(0);
		}
	}
	for (i = 0; i < OPERATORS; i++)
		well &= waitpid(operators[i], &status, 0) == operators[i] && !status;
	shared->stop = true;
	for (i = 0; i < count; i++)
		well &= waitpid(users[i], &status, 0) == users[i] && !status;
	return well;
}

static bool parse_function(struct function *f, char *text)
{
	char *truth, *word;

	truth = strchr(text, '=');
	if (!truth || truth - text >= (ptrdiff_t)sizeof(f->bdf))
		return false;
	*truth++ = '\0';
	strcpy(f->bdf, text);
	word = strchr(truth, ',');
	if (word) {
		*word++ = '\0';
		snprintf(f->word, sizeof(f->word), "%s", word);
	}
	f->bypasses = !strcmp(truth, "bypasses");
	return f->bypasses || !strcmp(truth, "translated");
}

int main(int argc, char **argv)
{
	unsigned int wrong = 0, i;
	bool well;

	setvbuf(stdout, NULL, _IOLBF, 0);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED || argc < 3 + OPERATORS || argc > 3 + MOST_FUNCTIONS)
		goto usage;
	for (i = 3; i < (unsigned int)argc; i++)
		if (!parse_function(&shared->function[shared->count++], argv[i]))
			goto usage;

	well = attack(strtoull(argv[1], NULL, 0), atoi(argv[2]));
	printf("SEED %s, %u events, %u binds to a driver, %u vetoes, %u found gone\n", argv[1],
	       shared->events, shared->binds, shared->vetoes, shared->gone);
	for (i = 0; i < shared->count; i++) {
		struct function *f = &shared->function[i];

		printf("FUNCTION %s %s: %u descriptors, %u wrong, %u amid a change, %u probed\n",
		       f->bdf, f->bypasses ? "bypasses" : "translated", f->descriptors, f->wrong,
		       f->unsure, f->probed);
		wrong += f->wrong + f->probed;
	}
	return wrong ? 10 : !well;

usage:
	fprintf(stderr, "usage: guard-attack SEED EVENTS ADDRESS=bypasses|translated[,WORD]...\n");
	return 2;
}
