/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * What virtio_fixup_vfio_pci tells the world about one virtio PCI function.
 *
 * The enumerations are the vocabulary of the driver, the command-line tool and
 * the description capability. Their numbers are ABI: they stand in a capability
 * that a guest reads. Numbers are only ever added.
 */
#ifndef _UAPI_LINUX_VFIO_VIRTIO_FIXUP_H
#define _UAPI_LINUX_VFIO_VIRTIO_FIXUP_H

#include <linux/types.h>

/* Where the function's DMA goes, as far as its host knows. */
enum virtio_fixup_verdict {
	VIRTIO_FIXUP_VERDICT_UNKNOWN = 0,
	VIRTIO_FIXUP_VERDICT_TRANSLATED = 1,	/* through the host's IOMMU */
	VIRTIO_FIXUP_VERDICT_CONDITIONAL = 2,	/* only if ACCESS_PLATFORM is acked */
	VIRTIO_FIXUP_VERDICT_BYPASS = 3,	/* straight to the host's memory */
	VIRTIO_FIXUP_VERDICTS,
};

/* What the verdict rests on. */
enum virtio_fixup_basis {
	VIRTIO_FIXUP_BASIS_NONE = 0,		/* nothing is known */
	VIRTIO_FIXUP_BASIS_MEASURED = 1,	/* its DMA was watched */
	VIRTIO_FIXUP_BASIS_DECLARED = 2,	/* its feature bits say so */
	VIRTIO_FIXUP_BASIS_VOUCHED = 3,		/* the host's administrator says so */
	VIRTIO_FIXUP_BASIS_PLATFORM = 4,	/* no IOMMU serves it */
	VIRTIO_FIXUP_BASIS_PROTOCOL = 5,	/* its requests name physical addresses */
	VIRTIO_FIXUP_BASES,
};

/* The administrator's word on one function. */
enum virtio_fixup_policy {
	VIRTIO_FIXUP_POLICY_AUTO = 0,		/* go by the verdict */
	VIRTIO_FIXUP_POLICY_STRICT = 1,		/* ... and only where it was measured */
	VIRTIO_FIXUP_POLICY_VOUCHED = 2,	/* translated, unless measured otherwise */
	VIRTIO_FIXUP_POLICY_PHYSICAL = 3,	/* as auto; show VIRTIO_FIXUP_VIEW_PHYSICAL */
	VIRTIO_FIXUP_POLICY_UNSAFE = 4,		/* admit it although it may not be safe */
	VIRTIO_FIXUP_POLICY_DENY = 5,		/* let nobody open it */
	VIRTIO_FIXUP_POLICIES,
};

/* What the VFIO user is shown. */
enum virtio_fixup_view {
	VIRTIO_FIXUP_VIEW_NONE = 0,	/* nothing: the function is refused */
	VIRTIO_FIXUP_VIEW_PLATFORM = 1,	/* ACCESS_PLATFORM offered, ack required */
	VIRTIO_FIXUP_VIEW_PHYSICAL = 2,	/* ACCESS_PLATFORM not offered, for old drivers */
	VIRTIO_FIXUP_VIEW_RAW = 3,	/* not offered; all else is as the hardware has it */
	VIRTIO_FIXUP_VIEWS,
};

/* Can the function's DMA be translated by its host's IOMMU at all? */
enum virtio_fixup_ability {
	VIRTIO_FIXUP_ABILITY_UNKNOWN = 0,
	VIRTIO_FIXUP_ABILITY_NO = 1,
	VIRTIO_FIXUP_ABILITY_YES = 2,
};

/* Is it translated for the guest that reads this, under this view? */
enum virtio_fixup_state {
	VIRTIO_FIXUP_STATE_UNKNOWN = 0,
	VIRTIO_FIXUP_STATE_BYPASS = 1,
	VIRTIO_FIXUP_STATE_TRANSLATED = 2,
};

#define VIRTIO_FIXUP_DESCRIPTION_LEN		24
#define VIRTIO_FIXUP_DESCRIPTION_VERSION	1
/* Eight bytes without a terminator. Readers look for these, not for vendor_id. */
#define VIRTIO_FIXUP_DESCRIPTION_SIGNATURE	"vfio-vfx"
#define VIRTIO_FIXUP_DESCRIPTION_SIGNATURE_LEN	8

/**
 * struct virtio_fixup_description - the description capability
 * @cap_vndr: PCI_CAP_ID_VNDR (0x09)
 * @cap_next: next capability
 * @cap_len: VIRTIO_FIXUP_DESCRIPTION_LEN
 * @cfg_type: VIRTIO_PCI_CAP_VENDOR_CFG (9)
 * @vendor_id: 0xffff, little endian: the virtio specification wants a vendor ID
 *	here that is not 0x1af4, this project owns none, and 0xffff is the one
 *	value the PCI specification promises never to assign
 * @version: layout version. Later versions only give meaning to @reserved.
 * @verdict: enum virtio_fixup_verdict
 * @signature: VIRTIO_FIXUP_DESCRIPTION_SIGNATURE
 * @basis: enum virtio_fixup_basis
 * @view: enum virtio_fixup_view, never VIRTIO_FIXUP_VIEW_NONE
 * @ability: enum virtio_fixup_ability
 * @state: enum virtio_fixup_state
 * @reserved: zero
 *
 * A virtio vendor data capability (virtio 1.3, 4.1.4.9) that the driver adds to
 * the configuration space its VFIO user sees. Read-only. All fields are single
 * bytes but @vendor_id. It is for reporting: a virtio driver decides by the
 * feature bits alone.
 */
struct virtio_fixup_description {
	__u8 cap_vndr;
	__u8 cap_next;
	__u8 cap_len;
	__u8 cfg_type;
	__le16 vendor_id;
	__u8 version;
	__u8 verdict;
	__u8 signature[VIRTIO_FIXUP_DESCRIPTION_SIGNATURE_LEN];
	__u8 basis;
	__u8 view;
	__u8 ability;
	__u8 state;
	__u8 reserved[4];
};

/*
 * The verdict region: a read-only VFIO device region in which a virtual machine
 * monitor reads what the driver knows. The monitor finds the region by
 * VFIO_DEVICE_GET_REGION_INFO, whose VFIO_REGION_INFO_CAP_TYPE has the type
 * VFIO_REGION_TYPE_PCI_VENDOR_TYPE | 0x1af4 and the subtype
 * VIRTIO_FIXUP_REGION_SUBTYPE. The region cannot be mapped or written.
 */
#define VIRTIO_FIXUP_REGION_SUBTYPE	0x7678	/* "vx" */
#define VIRTIO_FIXUP_REGION_VERSION	1

/**
 * struct virtio_fixup_region - content of the verdict region
 * @signature: VIRTIO_FIXUP_DESCRIPTION_SIGNATURE
 * @version: VIRTIO_FIXUP_REGION_VERSION; later ones only add fields at the end
 * @size: bytes of this structure
 * @verdict: enum virtio_fixup_verdict
 * @basis: enum virtio_fixup_basis
 * @policy: enum virtio_fixup_policy, as it was at open
 * @view: enum virtio_fixup_view
 * @ability: enum virtio_fixup_ability
 * @state: enum virtio_fixup_state
 * @reserved: zero: what the function itself offers is not its user's to know
 * @description: position of the description capability, 0 if there was no room
 * @measured_time: when it was measured, in seconds since the epoch; 0: never
 *
 * Little endian. The content is decided at open and stays the same until close.
 */
struct virtio_fixup_region {
	__u8 signature[VIRTIO_FIXUP_DESCRIPTION_SIGNATURE_LEN];
	__le32 version;
	__le32 size;
	__u8 verdict;
	__u8 basis;
	__u8 policy;
	__u8 view;
	__u8 ability;
	__u8 state;
	__u8 reserved;
	__u8 description;
	__le64 measured_time;
};

#endif
