// SPDX-License-Identifier: GPL-2.0-only
/* The sentences of refusals.h. */
#include "refusals.h"

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
