// SPDX-License-Identifier: GPL-2.0-only
/* The texts of function.h: values in the words of a sentence, what they mean, what to do. */
#include "function.h"

#include <stdio.h>
#include <time.h>

#include "output.h"

const char *type_label(const struct function *function, char *buffer)
{
	const char *name = vfx_type_name(function->type);

	if (name)
		snprintf(buffer, BUFFER_SIZE, "virtio-%s", name);
	else
		snprintf(buffer, BUFFER_SIZE, "virtio (type %u)", function->type);
	return buffer;
}

const char *verdict_text(int verdict, int basis, char *buffer)
{
	snprintf(buffer, BUFFER_SIZE, "%s (%s)",
		 verdict == NOT_KNOWN ? "unknown" : vfx_verdict_word(verdict),
		 basis == NOT_KNOWN ? "unknown" : vfx_basis_word(basis));
	return buffer;
}

static const char *const verdict_meanings[] = {
	[VIRTIO_FIXUP_VERDICT_UNKNOWN] = "Nothing is known about where its DMA goes.",
	[VIRTIO_FIXUP_VERDICT_TRANSLATED] = "Its DMA goes through this host's IOMMU.",
	[VIRTIO_FIXUP_VERDICT_CONDITIONAL] =
		"Its DMA goes through this host's IOMMU once its driver has accepted "
		"VIRTIO_F_ACCESS_PLATFORM, and may bypass it before.",
	[VIRTIO_FIXUP_VERDICT_BYPASS] =
		"Its DMA does not go through this host's IOMMU: addresses it is given are taken as "
		"addresses of this host's memory.",
};

const char *verdict_meaning(int verdict)
{
	return verdict_meanings[verdict == NOT_KNOWN ? VIRTIO_FIXUP_VERDICT_UNKNOWN : verdict];
}

static const char *const view_meanings[] = {
	[VIRTIO_FIXUP_VIEW_NONE] = "L2 sees nothing: VFIO does not open the function.",
	[VIRTIO_FIXUP_VIEW_PLATFORM] =
		"L2 sees a modern function that offers VIRTIO_F_ACCESS_PLATFORM, whatever the "
		"hardware offers; it goes live only after L2's driver has accepted the bit.",
	[VIRTIO_FIXUP_VIEW_PHYSICAL] =
		"L2 sees a modern function that does not offer VIRTIO_F_ACCESS_PLATFORM, for "
		"drivers too old to know it. This is right only if L2 has no IOMMU of its own.",
	[VIRTIO_FIXUP_VIEW_RAW] =
		"L2 sees the function as the hardware is, without VIRTIO_F_ACCESS_PLATFORM: what "
		"L2 makes it write goes to this host's memory.",
};

const char *view_meaning(enum virtio_fixup_view view)
{
	return view_meanings[view];
}

const char *refusal_text(const struct function *function, char *text)
{
	const char *remedy = function->remedy ? function->remedy : "";

	snprintf(text, TEXT_SIZE, "%s%s%s", or_unknown(function->reason),
		 *remedy ? "; to do: " : "", remedy);
	return text;
}

void print_decision(const struct function *function)
{
	char text[BUFFER_SIZE];

	printf("%s: verdict %s\n", function->address,
	       verdict_text(function->verdict, function->basis, text));
	if (function->admitted == 1)
		printf("%s: admitted: %s\n", function->address,
		       or_unknown(function->reason));
}

const char *time_text(const struct function *function, char *buffer)
{
	time_t when = (time_t)function->measured_time;
	struct tm utc;

	if (when <= 0)
		return NULL;
	if (!gmtime_r(&when, &utc) || !strftime(buffer, BUFFER_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc))
		snprintf(buffer, BUFFER_SIZE, "%lld s after 1970", function->measured_time);
	return buffer;
}

const char *contradiction_text(const struct function *function, unsigned int contradiction,
			       char *buffer)
{
	const struct platform *platform = &function->platform;
	const char *by = platform->described_by;

	switch (contradiction) {
	case VFX_CONTRADICTION_OFFERS_BUT_BYPASSES:
		return "it offers ACCESS_PLATFORM but bypasses";
	case VFX_CONTRADICTION_DESCRIBED_BUT_BYPASSES:
		/* By what, or else by which driver's word, the IOMMU is known. */
		if (!by || !*by)
			by = platform->iommu ? platform->iommu : "";
		snprintf(buffer, BUFFER_SIZE, "the platform%s%s%s describes an IOMMU for it but it "
			 "bypasses", *by ? " (" : "", by, *by ? ")" : "");
		return buffer;
	default:
		return "it is translated but does not offer ACCESS_PLATFORM";
	}
}

const char *contradiction_fix(const struct function *function, unsigned int contradiction,
			      char *buffer)
{
	switch (contradiction) {
	case VFX_CONTRADICTION_OFFERS_BUT_BYPASSES:
		return "its hypervisor or back end does not do what it claims: report it there, "
		       "and have the function given by another back end (such as one in QEMU "
		       "itself, instead of a vhost one)";
	case VFX_CONTRADICTION_DESCRIBED_BUT_BYPASSES:
		snprintf(buffer, BUFFER_SIZE, "have its hypervisor put it behind the IOMMU that it "
			 "describes (%s)", l0_how(function));
		return buffer;
	default:
		snprintf(buffer, BUFFER_SIZE, "nothing for its guest, whom the view tells the "
			 "truth; for this host's own driver, have its hypervisor offer the bit "
			 "(%s)", l0_how(function));
		return buffer;
	}
}

const char *contradiction_and_fix(const struct function *function, unsigned int contradiction,
				  char *buffer)
{
	char text[BUFFER_SIZE], fix[BUFFER_SIZE];

	snprintf(buffer, BUFFER_SIZE, "%s; to do: %s",
		 contradiction_text(function, contradiction, text),
		 contradiction_fix(function, contradiction, fix));
	return buffer;
}

const char *ground_text(int basis)
{
	switch (basis) {
	case VIRTIO_FIXUP_BASIS_MEASURED:
		return "its DMA was measured";
	case VIRTIO_FIXUP_BASIS_DECLARED:
		return "its feature bits declare it, and no measurement shows it";
	case VIRTIO_FIXUP_BASIS_VOUCHED:
		return "the administrator vouches for it (policy vouched), and no measurement shows "
		       "it";
	case VIRTIO_FIXUP_BASIS_PLATFORM:
		return "no IOMMU serves it";
	case VIRTIO_FIXUP_BASIS_PROTOCOL:
		return "the requests of its device type name physical addresses, whatever its "
		       "virtqueues do";
	default:
		return NULL;
	}
}

const char *description_meaning(const struct virtio_fixup_description *d)
{
	switch (d->state) {
	case VIRTIO_FIXUP_STATE_TRANSLATED:
		if (d->view == VIRTIO_FIXUP_VIEW_PHYSICAL)
			return "DMA of this function goes through the host's IOMMU; it takes this "
			       "guest's physical addresses, so no IOMMU of this guest may stand "
			       "before it";
		return "DMA of this function goes through the host's IOMMU; its driver must "
		       "accept VIRTIO_F_ACCESS_PLATFORM";
	case VIRTIO_FIXUP_STATE_BYPASS:
		return "DMA of this function bypasses the host's IOMMU: addresses it is given "
		       "are taken as addresses of the host's memory, so this guest must not "
		       "use it unless the host's administrator knows what it does";
	default:
		return "the host does not know where DMA of this function goes: do not rely "
		       "on it being contained";
	}
}

static const struct {
	const char *meaning;
	const char *remedy;
} refusals[VFX_REFUSALS] = {
	[VFX_REFUSAL_OPENS] = { "VFIO did not open the function", NULL },
	[VFX_REFUSAL_BINDS] = {
		"a VFIO driver that enforces nothing was not given the function", NULL },
	[VFX_REFUSAL_FEATURES_OK] = {
		"the guest's driver does not accept bit 33 (VIRTIO_F_ACCESS_PLATFORM)",
		"if this guest has no IOMMU of its own, policy physical lets it in" },
	[VFX_REFUSAL_DRIVER_OK] = {
		"the guest's driver wanted to go live before features were agreed on, as a driver "
		"does that ignores a refused FEATURES_OK", NULL },
	[VFX_REFUSAL_QUEUE_ENABLE] = {
		"the guest's driver enabled a queue before features were agreed on, or while the "
		"function was live", NULL },
	[VFX_REFUSAL_ABSENT_QUEUE] = {
		"the guest's driver wrote to the registers of a queue that does not exist", NULL },
	[VFX_REFUSAL_LATE_FEATURES] = {
		"the guest's driver changed its features after they were agreed on", NULL },
	[VFX_REFUSAL_STATUS_CLEAR] = {
		"the guest's driver took a status bit back without a reset", NULL },
	[VFX_REFUSAL_IN_RESET] = {
		"the guest's driver did not wait for the end of a reset", NULL },
	[VFX_REFUSAL_PARTIAL] = {
		"the guest's driver wrote a part of a register", NULL },
	[VFX_REFUSAL_UNDECLARED] = {
		"the guest accessed bytes of a BAR that no structure declares, for which no driver "
		"has a reason", NULL },
	[VFX_REFUSAL_WINDOW] = {
		"the guest aimed VIRTIO_PCI_CAP_PCI_CFG at something that it may not reach", NULL },
	[VFX_REFUSAL_MMAP] = {
		"the guest's monitor (such as QEMU) wanted to map pages that may not be mapped",
		NULL },
	[VFX_REFUSAL_REQUEST] = {
		"the guest's monitor (such as QEMU) made a request that is not allowed, as it may "
		"when it asks what a device can do", NULL },
};

const char *refusal_meaning(enum vfx_refusal refusal)
{
	return refusals[refusal].meaning;
}

const char *refusal_remedy(enum vfx_refusal refusal)
{
	return refusals[refusal].remedy;
}
