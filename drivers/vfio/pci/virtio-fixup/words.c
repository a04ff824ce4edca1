// SPDX-License-Identifier: GPL-2.0-only
/*
 * The words of the interface: one for each value of each enumeration, and one
 * sentence for each reason and its remedy. Nothing else words a decision.
 */
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
	[VIRTIO_FIXUP_VIEW_BYPASS] = "bypass",
};

static const char *const identity_words[] = {
	[VIRTIO_FIXUP_MODERN] = "modern",
	[VIRTIO_FIXUP_TRANSITIONAL] = "transitional",
	[VIRTIO_FIXUP_LEGACY_ONLY] = "legacy-only",
};

static const char *const outcome_words[] = {
	[VIRTIO_FIXUP_NOT_RUN] = "not-run",
	[VIRTIO_FIXUP_SAW_SILENCE] = "silent",
	[VIRTIO_FIXUP_SAW_REJECTION] = "rejected",
	[VIRTIO_FIXUP_SAW_TRANSLATED] = "translated",
	[VIRTIO_FIXUP_SAW_BYPASS] = "bypass",
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

const char *virtio_fixup_verdict_word(enum virtio_fixup_verdict verdict)
{
	return word(verdict_words, ARRAY_SIZE(verdict_words), verdict);
}

const char *virtio_fixup_basis_word(enum virtio_fixup_basis basis)
{
	return word(basis_words, ARRAY_SIZE(basis_words), basis);
}

const char *virtio_fixup_policy_word(enum virtio_fixup_policy policy)
{
	return word(policy_words, ARRAY_SIZE(policy_words), policy);
}

const char *virtio_fixup_view_word(enum virtio_fixup_view view)
{
	return word(view_words, ARRAY_SIZE(view_words), view);
}

const char *virtio_fixup_identity_word(enum virtio_fixup_identity identity)
{
	return word(identity_words, ARRAY_SIZE(identity_words), identity);
}

const char *virtio_fixup_outcome_word(enum virtio_fixup_outcome outcome)
{
	return word(outcome_words, ARRAY_SIZE(outcome_words), outcome);
}

const char *virtio_fixup_ability_word(enum virtio_fixup_ability ability)
{
	return word(ability_words, ARRAY_SIZE(ability_words), ability);
}

const char *virtio_fixup_state_word(enum virtio_fixup_state state)
{
	return word(state_words, ARRAY_SIZE(state_words), state);
}

const char *virtio_fixup_contradiction_word(unsigned int contradiction)
{
	switch (contradiction) {
	case VIRTIO_FIXUP_OFFERS_BUT_BYPASSES:
		return "offers-but-bypasses";
	case VIRTIO_FIXUP_DESCRIBED_BUT_BYPASSES:
		return "described-but-bypasses";
	case VIRTIO_FIXUP_TRANSLATED_BUT_HIDES:
		return "translated-but-hides";
	default:
		return "?";
	}
}

#define FIX_AT_HYPERVISOR						\
	"have its hypervisor put it behind the IOMMU "			\
	"(QEMU: iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)"

static const char *const reason_texts[] = {
	[VIRTIO_FIXUP_BECAUSE_TRANSLATED] = "its DMA was measured to be translated",
	[VIRTIO_FIXUP_BECAUSE_CONDITIONAL] =
		"its DMA was measured to be translated if ACCESS_PLATFORM is acked, and the ack is enforced",
	[VIRTIO_FIXUP_BECAUSE_DECLARED] =
		"it offers ACCESS_PLATFORM, and the ack is enforced",
	[VIRTIO_FIXUP_BECAUSE_VOUCHED] =
		"policy vouched: nothing was measured against the administrator's word that its DMA is translated",
	[VIRTIO_FIXUP_BECAUSE_UNSAFE] =
		"policy unsafe: the administrator admits it although nothing shows that it is safe",
	[VIRTIO_FIXUP_REFUSED_DENY] = "policy deny",
	[VIRTIO_FIXUP_REFUSED_UNSTOPPABLE] =
		"it could not be stopped and may still do DMA for the user that left",
	[VIRTIO_FIXUP_REFUSED_NO_GROUP] =
		"it has no IOMMU group that VFIO accepts, so no IOMMU translates its DMA",
	[VIRTIO_FIXUP_REFUSED_PROTOCOL] =
		"its device type names physical addresses in its protocol, so translated rings do not contain it",
	[VIRTIO_FIXUP_REFUSED_LEGACY_ONLY] =
		"it has only the legacy interface, which cannot offer ACCESS_PLATFORM",
	[VIRTIO_FIXUP_REFUSED_NO_COMMON_CFG] =
		"it has no usable common configuration structure",
	[VIRTIO_FIXUP_REFUSED_LEGACY_SHARED] =
		"its legacy interface, which knows no ACCESS_PLATFORM, shares a BAR with the modern one",
	[VIRTIO_FIXUP_REFUSED_BYPASS_MEASURED] =
		"its DMA was measured to bypass the IOMMU: its user could overwrite this host's memory",
	[VIRTIO_FIXUP_REFUSED_BYPASS_DECLARED] =
		"it does not offer ACCESS_PLATFORM, so its DMA bypasses the IOMMU: its user could overwrite this host's memory",
	[VIRTIO_FIXUP_REFUSED_BYPASSES_UNACKED] =
		"its DMA was measured to bypass the IOMMU while ACCESS_PLATFORM is not acked, and nothing was seen with the ack",
	[VIRTIO_FIXUP_REFUSED_UNKNOWN_TYPE] =
		"its device type is not known, so nothing says what its protocol names",
	[VIRTIO_FIXUP_REFUSED_UNKNOWN] = "nothing is known about where its DMA goes",
	[VIRTIO_FIXUP_REFUSED_NOT_MEASURED] =
		"policy strict admits only what was measured to be translated",
	[VIRTIO_FIXUP_REFUSED_SHARED_GROUP] =
		"it is translated only while ACCESS_PLATFORM is acked, and a device that shares its IOMMU group could undo the ack",
};

static const char *const remedy_texts[] = {
	[VIRTIO_FIXUP_REFUSED_DENY] = "set another policy",
	[VIRTIO_FIXUP_REFUSED_UNSTOPPABLE] =
		"reset it from sysfs and bind it again; if that fails, have its hypervisor replace it",
	[VIRTIO_FIXUP_REFUSED_NO_GROUP] =
		"give this host a cache-coherent IOMMU for it, and enable it (intel_iommu=on, amd_iommu=on)",
	[VIRTIO_FIXUP_REFUSED_PROTOCOL] =
		"give the guest an emulated device of this type instead of this function",
	[VIRTIO_FIXUP_REFUSED_LEGACY_ONLY] = FIX_AT_HYPERVISOR,
	[VIRTIO_FIXUP_REFUSED_NO_COMMON_CFG] =
		"report the function to its hypervisor's makers, with lspci -xxxx of it",
	[VIRTIO_FIXUP_REFUSED_LEGACY_SHARED] = FIX_AT_HYPERVISOR,
	[VIRTIO_FIXUP_REFUSED_BYPASS_MEASURED] = FIX_AT_HYPERVISOR,
	[VIRTIO_FIXUP_REFUSED_BYPASS_DECLARED] = FIX_AT_HYPERVISOR
		"; if its DMA is known to be translated all the same, set policy vouched",
	[VIRTIO_FIXUP_REFUSED_BYPASSES_UNACKED] =
		FIX_AT_HYPERVISOR "; if it is known to honour the ack, set policy vouched",
	[VIRTIO_FIXUP_REFUSED_UNKNOWN_TYPE] =
		"leave it to this host's own driver, or ask for the type to be added",
	[VIRTIO_FIXUP_REFUSED_UNKNOWN] =
		"bind it again; if that changes nothing, see the kernel log",
	[VIRTIO_FIXUP_REFUSED_NOT_MEASURED] = "set policy auto to trust what it declares",
	[VIRTIO_FIXUP_REFUSED_SHARED_GROUP] =
		"have its hypervisor put it behind a PCIe root port of its own",
};

const char *virtio_fixup_reason_text(enum virtio_fixup_reason reason)
{
	return word(reason_texts, ARRAY_SIZE(reason_texts), reason);
}

const char *virtio_fixup_remedy_text(enum virtio_fixup_reason reason)
{
	if ((unsigned int)reason < ARRAY_SIZE(remedy_texts))
		return remedy_texts[reason];
	return NULL;
}

int virtio_fixup_parse_policy(const char *word, enum virtio_fixup_policy *policy)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(policy_words); i++) {
		if (!strcmp(word, policy_words[i])) {
			*policy = (enum virtio_fixup_policy)i;
			return 0;
		}
	}
	return -EINVAL;
}
