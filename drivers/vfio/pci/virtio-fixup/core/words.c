// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words of the interface: one for each value of each enumeration, and one
 * sentence for each reason and its remedy. Nothing else words a decision.
 */
#include "border.h"
#include "capabilities.h"
#include "verdict.h"

static const char *word(const char *const *words, size_t nr_words, unsigned int value)
{
	return value < nr_words && words[value] ? words[value] : "?";
}

static const char *const verdict_words[] = {
	[VIRTIO_FIXUP_VERDICT_UNKNOWN] = "unknown",
	[VIRTIO_FIXUP_VERDICT_TRANSLATED] = "translated",
	[VIRTIO_FIXUP_VERDICT_CONDITIONAL] = "conditional",
	[VIRTIO_FIXUP_VERDICT_BYPASS] = "bypass",
};

static const char *const basis_words[] = {
	[VIRTIO_FIXUP_BASIS_NONE] = "none",
	[VIRTIO_FIXUP_BASIS_MEASURED] = "measured",
	[VIRTIO_FIXUP_BASIS_DECLARED] = "declared",
	[VIRTIO_FIXUP_BASIS_VOUCHED] = "vouched",
	[VIRTIO_FIXUP_BASIS_PLATFORM] = "platform",
	[VIRTIO_FIXUP_BASIS_PROTOCOL] = "protocol",
};

static const char *const policy_words[] = {
	[VIRTIO_FIXUP_POLICY_AUTO] = "auto",
	[VIRTIO_FIXUP_POLICY_STRICT] = "strict",
	[VIRTIO_FIXUP_POLICY_VOUCHED] = "vouched",
	[VIRTIO_FIXUP_POLICY_PHYSICAL] = "physical",
	[VIRTIO_FIXUP_POLICY_UNSAFE] = "unsafe",
	[VIRTIO_FIXUP_POLICY_DENY] = "deny",
};

static const char *const view_words[] = {
	[VIRTIO_FIXUP_VIEW_NONE] = "none",
	[VIRTIO_FIXUP_VIEW_PLATFORM] = "platform",
	[VIRTIO_FIXUP_VIEW_PHYSICAL] = "physical",
	[VIRTIO_FIXUP_VIEW_RAW] = "raw",
};

static const char *const identity_words[] = {
	[VFX_IDENTITY_MODERN] = "modern",
	[VFX_IDENTITY_TRANSITIONAL] = "transitional",
	[VFX_IDENTITY_LEGACY_ONLY] = "legacy-only",
};

static const char *const outcome_words[] = {
	[VFX_OUTCOME_NOT_RUN] = "not-run",
	[VFX_OUTCOME_SILENT] = "silent",
	[VFX_OUTCOME_REJECTED] = "rejected",
	[VFX_OUTCOME_TRANSLATED] = "translated",
	[VFX_OUTCOME_BYPASS] = "bypass",
};

static const char *const ability_words[] = {
	[VIRTIO_FIXUP_ABILITY_UNKNOWN] = "unknown",
	[VIRTIO_FIXUP_ABILITY_NO] = "no",
	[VIRTIO_FIXUP_ABILITY_YES] = "yes",
};

static const char *const state_words[] = {
	[VIRTIO_FIXUP_STATE_UNKNOWN] = "unknown",
	[VIRTIO_FIXUP_STATE_BYPASS] = "bypass",
	[VIRTIO_FIXUP_STATE_TRANSLATED] = "translated",
};

static const char *const guard_words[] = {
	[VFX_GUARD_OFF] = "off",
	[VFX_GUARD_ADMITTED] = "admitted",
	[VFX_GUARD_VETOED] = "vetoed",
	[VFX_GUARD_OWNED] = "owned",
	[VFX_GUARD_IN_USE] = "in-use",
};

static const char *const guard_mode_words[] = {
	[VFX_GUARD_MODE_REFUSE] = "refuse",
	[VFX_GUARD_MODE_WARN] = "warn",
	[VFX_GUARD_MODE_OFF] = "off",
};

/* These are in the order of the bits of VFX_CONTRADICTION_*. */
static const char *const contradiction_words[VFX_CONTRADICTIONS] = {
	"offers-but-bypasses", "described-but-bypasses", "translated-but-hides",
};

#define REFUSAL_WORD(name, word) [VFX_REFUSAL_##name] = #word,
static const char *const refusal_words[] = {
	VFX_REFUSAL_ROWS(REFUSAL_WORD)
};

#define WORD_FUNCTION(name, type)						\
	const char *vfx_##name##_word(type value)				\
	{									\
		return word(name##_words, ARRAY_SIZE(name##_words), value);	\
	}

WORD_FUNCTION(verdict, enum virtio_fixup_verdict)
WORD_FUNCTION(basis, enum virtio_fixup_basis)
WORD_FUNCTION(policy, enum virtio_fixup_policy)
WORD_FUNCTION(view, enum virtio_fixup_view)
WORD_FUNCTION(identity, enum vfx_identity)
WORD_FUNCTION(outcome, enum vfx_outcome)
WORD_FUNCTION(ability, enum virtio_fixup_ability)
WORD_FUNCTION(state, enum virtio_fixup_state)
WORD_FUNCTION(refusal, enum vfx_refusal)
WORD_FUNCTION(guard, enum vfx_guard)
WORD_FUNCTION(guard_mode, enum vfx_guard_mode)
WORD_FUNCTION(contradiction, unsigned int)

static const char *const list_fault_texts[] = {
	[VFX_LIST_SOUND] = "is sound",
	[VFX_LIST_POINTER] = "lies in the header, or not at a dword",
	[VFX_LIST_LOOP] = "is in its list twice",
	[VFX_LIST_SHORT] = "is shorter than its own fields",
	[VFX_LIST_END] = "leaves configuration space",
	[VFX_LIST_OVERLAP] = "lies over another one",
	[VFX_LIST_TWICE] = "is the second of a kind that a function has one of",
};

const char *vfx_list_fault_text(enum vfx_list_fault fault)
{
	return word(list_fault_texts, ARRAY_SIZE(list_fault_texts), fault);
}

#define FIX_AT_HYPERVISOR						\
	"have its hypervisor put it behind the IOMMU "			\
	"(QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)"

#define BIND_OURS "bind it to virtio_fixup_vfio_pci"
#define ENFORCED_THERE "only virtio_fixup_vfio_pci enforces the ack"

static const char *const reason_texts[] = {
	[VFX_REASON_TRANSLATED] = "its DMA was measured to be translated",
	[VFX_REASON_CONDITIONAL] =
		"its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced",
	[VFX_REASON_DECLARED] =
		"it offers ACCESS_PLATFORM, and the ack is enforced",
	[VFX_REASON_VOUCHED] =
		"policy vouched: the administrator says that its DMA is translated, and no measurement says otherwise",
	[VFX_REASON_UNSAFE_FORM] =
		"policy unsafe: its DMA was measured to be translated, but its legacy interface, which knows no ACCESS_PLATFORM, cannot be hidden",
	[VFX_REASON_UNSAFE] =
		"policy unsafe: the administrator admits it although nothing shows that it is safe",
	[VFX_REASON_DENY] = "policy deny: the administrator lets nobody open it",
	[VFX_REASON_UNSTOPPABLE] =
		"it could not be stopped and may still do DMA for the user that left",
	[VFX_REASON_NO_GROUP] =
		"it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA",
	[VFX_REASON_PROTOCOL] =
		"requests of its device type name physical addresses, which no IOMMU translates",
	[VFX_REASON_LEGACY_ONLY] =
		"it has only the legacy interface, which cannot offer ACCESS_PLATFORM",
	[VFX_REASON_NO_COMMON_CFG] =
		"it has no usable common configuration structure",
	[VFX_REASON_LEGACY_SHARED] =
		"its legacy interface, which knows no ACCESS_PLATFORM, shares a BAR with the modern one and cannot be hidden",
	[VFX_REASON_BYPASS_MEASURED] =
		"its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory",
	[VFX_REASON_BYPASS_DECLARED] =
		"it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU: its user could overwrite this host's memory",
	[VFX_REASON_BYPASSES_UNACKED] =
		"its DMA was measured to bypass the IOMMU while ACCESS_PLATFORM is not acked, and no measurement shows what the ack changes",
	[VFX_REASON_UNKNOWN_TYPE] =
		"its device type is not known, and requests of that type may name physical addresses",
	[VFX_REASON_UNKNOWN] = "nothing is known about where its DMA goes",
	[VFX_REASON_NOT_MEASURED] =
		"policy strict admits only what was measured to be translated",
	[VFX_REASON_SHARED_GROUP] =
		"it is translated only while ACCESS_PLATFORM is acked, and a device that shares its IOMMU group could undo the ack",
	[VFX_REASON_RINGS_ONLY] =
		"its rings were measured to be translated; for the memory that its requests name, it offers ACCESS_PLATFORM, and the ack is enforced",
	[VFX_REASON_RESETTING] = "its reset is still under way",
	[VFX_REASON_MUTE] =
		"it went live and did not answer a request that every device of its type answers",
	[VFX_REASON_PENDING] =
		"its DMA has not been measured yet, and what it declares does not count while a measurement is possible",
	[VFX_REASON_NEEDS_VIEW] =
		"policy physical needs a view of the function that only virtio_fixup_vfio_pci gives",
	[VFX_REASON_LEGACY_EXPOSED] =
		"its legacy interface, which knows no ACCESS_PLATFORM, is within its user's reach",
	[VFX_REASON_WORD_ALONE] =
		"no measurement shows where its DMA goes, and " ENFORCED_THERE,
	[VFX_REASON_ACK_NOT_ENFORCED] =
		"it is translated only while ACCESS_PLATFORM is acked, and " ENFORCED_THERE,
	[VFX_REASON_BYPASS_FORCED] =
		"its DMA was measured to bypass the IOMMU when a user starts it by force: that user could overwrite this host's memory",
	[VFX_REASON_NOT_FORCED] =
		"no measurement shows where its DMA goes when a user starts it by force, and only virtio_fixup_vfio_pci prevents that",
};

static const char *const remedy_texts[] = {
	[VFX_REASON_DENY] = "set another policy",
	[VFX_REASON_UNSTOPPABLE] =
		"reset it from sysfs and bind it again; if that fails, have its hypervisor replace it",
	[VFX_REASON_NO_GROUP] =
		"give this host a cache-coherent IOMMU that serves it, and switch that IOMMU on (kernel parameter intel_iommu=on; AMD's is on by default)",
	[VFX_REASON_PROTOCOL] =
		"give the guest an emulated device of this type instead of this function",
	[VFX_REASON_LEGACY_ONLY] = FIX_AT_HYPERVISOR,
	[VFX_REASON_NO_COMMON_CFG] =
		"report it to the makers of its hypervisor, with the output of lspci -xxxx",
	[VFX_REASON_LEGACY_SHARED] = FIX_AT_HYPERVISOR,
	[VFX_REASON_BYPASS_MEASURED] = FIX_AT_HYPERVISOR,
	[VFX_REASON_BYPASS_DECLARED] = FIX_AT_HYPERVISOR
		"; if its DMA is known to be translated all the same, set policy vouched",
	[VFX_REASON_BYPASSES_UNACKED] =
		FIX_AT_HYPERVISOR "; if it is known to honour the ack, set policy vouched",
	[VFX_REASON_UNKNOWN_TYPE] =
		"leave it to this host's own driver, or ask the makers of virtio_fixup_vfio_pci to add the type",
	[VFX_REASON_UNKNOWN] =
		"bind it again; if that changes nothing, see the kernel log",
	[VFX_REASON_NOT_MEASURED] = "set policy auto to trust what it declares",
	[VFX_REASON_SHARED_GROUP] =
		"have its hypervisor put it behind a PCIe root port of its own",
	[VFX_REASON_RESETTING] = "wait: virtio_fixup_vfio_pci tries it again by itself",
	[VFX_REASON_MUTE] =
		"measure it again; if it stays silent, have the back end in its hypervisor checked; if its DMA is known to be translated, set policy vouched",
	[VFX_REASON_PENDING] =
		"see measured_reason for what is in the way: when that has gone, it is measured by itself, or at once if you measure it",
	[VFX_REASON_NEEDS_VIEW] = BIND_OURS ", or set another policy",
	[VFX_REASON_LEGACY_EXPOSED] = BIND_OURS ", or " FIX_AT_HYPERVISOR,
	[VFX_REASON_WORD_ALONE] =
		BIND_OURS "; if its DMA is known to be translated, set policy vouched",
	[VFX_REASON_ACK_NOT_ENFORCED] = BIND_OURS,
	[VFX_REASON_BYPASS_FORCED] = BIND_OURS,
	[VFX_REASON_NOT_FORCED] = "measure it again, or " BIND_OURS,
};

const char *vfx_reason_text(enum vfx_reason reason)
{
	return word(reason_texts, ARRAY_SIZE(reason_texts), reason);
}

const char *vfx_remedy_text(enum vfx_reason reason)
{
	if ((unsigned int)reason < ARRAY_SIZE(remedy_texts))
		return remedy_texts[reason];
	return NULL;
}

/* Return: which of the words it is, or -EINVAL. */
static int find_word(const char *const *words, size_t nr_words, const char *wanted)
{
	unsigned int i;

	for (i = 0; i < nr_words; i++)
		if (!strcmp(words[i], wanted))
			return (int)i;
	return -EINVAL;
}

int vfx_parse_policy(const char *word, enum virtio_fixup_policy *policy)
{
	int found = find_word(policy_words, ARRAY_SIZE(policy_words), word);

	if (found < 0)
		return found;
	*policy = (enum virtio_fixup_policy)found;
	return 0;
}

int vfx_parse_guard_mode(const char *word, enum vfx_guard_mode *mode)
{
	int found = find_word(guard_mode_words, ARRAY_SIZE(guard_mode_words), word);

	if (found < 0)
		return found;
	*mode = (enum vfx_guard_mode)found;
	return 0;
}
