/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One virtio function and what is known of it, as typed values. Words, texts and
 * configuration space are parsed where they are read; whoever decides, explains or
 * prints goes by the values here. function_rows says how each is printed.
 */
#ifndef FUNCTION_H
#define FUNCTION_H

#include "border.h"
#include "capabilities.h"
#include "config_view.h"
#include "cli.h"
#include "verdict.h"
#include "rows.h"
#include "rules.h"

#define ADDRESS_SIZE	24

/* Another member of the IOMMU group. */
struct member {
	const char *address;
	const char *driver;
	bool vfio_viable;	/* VFIO can open the group although that driver has it */
};

/* A structure that the capabilities declare. */
struct structure {
	struct vfx_structure at;
	bool shares_page_with_common;	/* is trapped: slow, if it is notify or device */
};

/* What the machine has to translate a function's DMA with; nothing of a dump. */
struct platform {
	const char *iommu;
	const char *class;
	const char *described_by;	/* what of firmware describes that IOMMU */
	const char *domain;	/* type of the group's default domain */
	bool is_identity;	/* that is the type which translates nothing */
	int no_iommu;		/* VFIO opens it without one */
	unsigned int firmware;	/* mask: the IOMMUs that firmware describes */
};

/* What the runs of the last measurement gave, which need not be what counts. */
struct last_measured {
	int unacked;		/* enum vfx_outcome */
	int acked;
	int forced;
};

/* What would be if it had another driver: one that enforces nothing, or ours. */
struct elsewhere {
	int admitted;		/* it would be safe there */
	const char *reason;
};

/* How a guest's notifications get to the function. */
enum notifications {
	NOTIFICATIONS_MAPPED,	/* it writes to the hardware */
	NOTIFICATIONS_PARTLY,	/* some pages are mapped */
	NOTIFICATIONS_TRAPPED,	/* each is an exit to this host */
};

struct notify_path {
	int how;			/* enum notifications */
	int how_if_4k;			/* with the smallest pages that a host has */
	unsigned int page_size;
};

struct description {
	unsigned int position;		/* 0: there is none */
	struct virtio_fixup_description is;
};

/* What the rules want; see rules.h. */
struct configured {
	int bind;			/* enum rule_bind; NOT_KNOWN: leave the driver */
	int policy;			/* enum virtio_fixup_policy; NOT_KNOWN: leave it */
	const char *rule;		/* FILE:LINE of the one that decides; NULL: none does */
	bool is_capped;			/* it wants a laxer policy, and a broken file forbids it */
	int driver_differs;		/* from what is wanted */
	int policy_differs;
};

/* Between a function and the memory of this host. */
enum guarded {
	UNGUARDED,		/* a program can be given it, and nobody judges */
	GUARDED,
	GUARDED_HOST,		/* no program can be given it: this host uses it, or nobody */
};

const char *guarded_word(unsigned int guarded);

struct bus;

/*
 * Numbers and words may be NOT_KNOWN, texts NULL for the same; of a name "" says
 * that there is none.
 */
struct function {
	char address[ADDRESS_SIZE];	/* DOMAIN:BUS:DEVICE.FUNCTION */
	const struct bus *bus;		/* where it was found */
	struct pci_dev *pci;		/* libpci's, which only bus.c knows */
	bool from_dump;			/* there is no system to ask */

	u16 vendor;
	u16 device;
	u16 subsystem_vendor;
	u16 subsystem;
	u8 revision;
	u16 type;			/* virtio device type */
	int identity;			/* enum vfx_identity */

	u8 config[VFX_CONFIG_MAX];	/* 0 from config_len on */
	unsigned int config_len;	/* any number up to 256, or 4096 */
	struct vfx_layout layout;	/* empty unless 256 bytes were read */
	struct structure *structures;	/* of that */
	size_t nr_structures;
	struct notify_path notify;
	enum vfx_list_fault list_fault;	/* of both capability lists; it cannot be bound */
	unsigned int list_fault_at;
	int description_room;		/* where a description would stand; 0: nowhere */
	struct description description;	/* of this machine's own host */
	struct configured configured;

	const char *driver;
	bool bound;			/* that is ours */
	bool has_record;		/* the module knows it, and keeps what was seen of it */
	int guard;			/* enum vfx_guard: what the module does about another driver */
	bool guard_warns;		/* the guard does no more than that */
	int guarded;			/* enum guarded */
	bool judged;			/* the decision below is in force: ours, or the guard's */
	const char *group;
	struct member *members;		/* the others */
	size_t nr_members;
	struct platform platform;

	int offered;			/* bit 33, VIRTIO_F_ACCESS_PLATFORM */
	int pending;			/* it waits for a measurement, and is refused till then */
	int unacked;			/* enum vfx_outcome */
	int acked;
	int forced;			/* driven live against the rules */
	struct last_measured last;
	long long measured_time;	/* seconds since 1970, 0: never */
	long long measured_last_time;
	long long measured_usecs;
	const char *measured_reason;
	int verdict;			/* enum virtio_fixup_verdict, but for UNKNOWN */
	int basis;			/* enum virtio_fixup_basis */
	int admitted;
	const char *reason;
	const char *remedy;
	struct elsewhere without;	/* with vfio-pci */
	struct elsewhere with;		/* with ours */
	int view;			/* enum virtio_fixup_view */
	int policy;			/* enum virtio_fixup_policy */
	unsigned int contradictions;	/* mask of VFX_CONTRADICTION_* */
	int open;
	long long counters[VFX_REFUSALS];	/* of refusals */
};

/* Which objects have a key of function_rows. */
#define IN_FUNCTION	ROW_FLAGS
#define IN_DESCRIBE	(ROW_FLAGS << 1)
#define IN_BIND		(ROW_FLAGS << 2)
#define IN_MEASURE	(ROW_FLAGS << 3)
#define IN_POLICY	(ROW_FLAGS << 4)
#define IN_CONFIG	(ROW_FLAGS << 5)	/* in text, with show --config */
#define IN_UNBIND	(ROW_FLAGS << 6)	/* none has */
#define IN_APPLY	(ROW_FLAGS << 7)
extern const struct row function_rows[];

/* What to read. Each costs: files, or accesses to the device. */
#define READ_CONFIG	0x01	/* standard configuration space, and what it says */
#define READ_EXTENDED	0x02	/* with that: all of extended configuration space, too */
#define READ_MEMBERS	0x04	/* the other members of the IOMMU group */
#define READ_PLATFORM	0x08	/* what the machine has to translate its DMA with */
#define READ_DECISION	0x10	/* what the driver decided, or configuration space tells */
#define READ_DETAILS	0x20	/* with that: measurement, reasons, counters */
#define READ_RULES	0x40	/* with configuration space: what the rules want */
#define READ_FACTS	(READ_CONFIG | READ_MEMBERS | READ_PLATFORM | READ_DECISION | \
			 READ_DETAILS | READ_RULES)

/*
 * Read what is asked for of a function that bus_next() or bus_find() gave; its driver and
 * its group in any case. But for configuration space nothing is left of what was read
 * before.
 */
void function_read(struct function *function, unsigned int what);

/*
 * The facts that decisions are made from, as far as they are known; and the best for
 * those that are not.
 */
struct vfx_facts function_facts(const struct function *function);
void suppose_the_best(struct vfx_facts *facts);

/* The name of the driver that has a function, or "". */
const char *read_driver(const char *address);

/* Fill what is known of the guard, of a function whose driver is known. */
void guard_read(struct function *function);

/* Does a driver of this name give its functions to VFIO? */
bool is_vfio_driver(const char *driver);

/* Of a function that is unguarded: why it is, and what to do, each in TEXT_SIZE bytes. */
void explain_unguarded(const struct function *function, char *why, char *remedy);

/* Say what the guard made of a function that another driver has; and what to do about that. */
void say_guarded(const struct function *function);
void say_what_to_do_guarded(const struct function *function);

/* Could all of standard configuration space be read? */
static inline bool config_complete(const struct function *function)
{
	return function->config_len >= VFX_CONFIG_SIZE;
}

/* Report it if not. Return: an enum cli_exit. */
int require_config(const struct function *function);

/* "virtio-blk": what it is called in a sentence. In @buffer, as all texts below. */
const char *type_label(const struct function *function, char *buffer);

/* "translated (measured)"; both may be NOT_KNOWN. */
const char *verdict_text(int verdict, int basis, char *buffer);

/* What they mean for the host; and what a view means for L2. */
const char *verdict_meaning(int verdict);
const char *view_meaning(enum virtio_fixup_view view);

/*
 * Why a function is refused, and what to do about that: "REASON; to do: REMEDY". In @text,
 * of TEXT_SIZE bytes.
 */
const char *refusal_text(const struct function *function, char *text);

/* Print lines on a function that was bound or measured: its verdict, and that it is admitted. */
void print_decision(const struct function *function);

/* When it was measured, in ISO 8601; or NULL: no measurement stands. */
const char *time_text(const struct function *function, char *buffer);

/* What contradicts what, and what puts it right. */
const char *contradiction_text(const struct function *function, unsigned int contradiction,
			       char *buffer);
const char *contradiction_fix(const struct function *function, unsigned int contradiction,
			      char *buffer);
const char *contradiction_and_fix(const struct function *function, unsigned int contradiction,
				  char *buffer);

/* What a host's description means for the guest that reads it. */
const char *description_meaning(const struct virtio_fixup_description *d);

/* What a verdict rests on, by its basis; or NULL. */
const char *ground_text(int basis);

/* What a refusal means, and what to do about it; the latter is NULL where nothing is to do. */
const char *refusal_meaning(enum vfx_refusal refusal);
const char *refusal_remedy(enum vfx_refusal refusal);

/*
 * A phrase: what it takes at the hypervisor that gives this machine its functions (L0) to put
 * a function behind the IOMMU, as far as that can be told from here.
 */
const char *l0_how(const struct function *function);

/* @remedy, which is the driver's, with that in the place of QEMU's way. */
const char *l0_remedy(const struct function *function, const char *remedy);

/*
 * The configuration space of a function as a VFIO user will see it, range by range: whose it
 * is, where a read comes from, what a write does, and why. As a table, or as the array
 * "config"; all of standard space was read.
 */
void config_ranges_print(const struct function *function, bool as_json);

/* Where the driver would put the description capability; 0: there is no room. */
unsigned int find_description_room(const struct function *function);

extern const char *const firmware_names[];

/* The rows of a description that a host added. */
extern const struct row description_rows[];

#endif
