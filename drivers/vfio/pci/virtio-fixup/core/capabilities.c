// SPDX-License-Identifier: GPL-2.0-only
/*
 * The checks of capabilities.h. Lengths are those of Linux 6.1 to 6.12; where
 * they differ, the longer one. A kind that one of them hides is taken to have
 * the bytes it declares, or else its header alone.
 */
#include "capabilities.h"

/* PCI Express with a link, version 2; older headers leave out the last register. */
#define EXP_LENGTH_V2		0x34
/* ID, next pointer and, of a vendor's, the length itself. */
#define VNDR_MIN		3
/* The header and the dword that has the length. */
#define EXTENDED_VENDOR_MIN	8
#define EXTENDED_HEADER		4

/* What lies beyond configuration space reads 0. */
static u32 read32(const u8 *config, unsigned int size, unsigned int pos)
{
	return pos + 4 <= size ? vfx_get32(config + pos) : 0;
}

static unsigned int express_length(unsigned int flags)
{
	/* Without a link, as functions on a root bus are. */
	bool integrated = (flags & PCI_EXP_FLAGS_TYPE) >> 4 == PCI_EXP_TYPE_RC_END;

	if ((flags & PCI_EXP_FLAGS_VERS) == 1)
		return integrated ? 0xc : PCI_CAP_EXP_ENDPOINT_SIZEOF_V1;
	return integrated ? 0x2c : EXP_LENGTH_V2;
}

unsigned int vfx_capability_length(const u8 *config, unsigned int size, unsigned int pos)
{
	unsigned int flags = read32(config, size, pos) >> 16;

	switch (config[pos]) {
	case PCI_CAP_ID_PM:
		return PCI_PM_SIZEOF;
	case PCI_CAP_ID_AGP:
		return PCI_AGP_SIZEOF;
	case PCI_CAP_ID_VPD:
		return PCI_CAP_VPD_SIZEOF;
	case PCI_CAP_ID_MSI:
		return 10 + (flags & PCI_MSI_FLAGS_64BIT ? 4 : 0) +
		       (flags & PCI_MSI_FLAGS_MASKBIT ? 10 : 0);
	case PCI_CAP_ID_PCIX:
		return PCI_X_CMD_VERSION(flags) ? PCI_CAP_PCIX_SIZEOF_V2 : PCI_CAP_PCIX_SIZEOF_V0;
	case PCI_CAP_ID_HT:
		return flags >> 8 & HT_3BIT_CAP_MASK ? HT_CAP_SIZEOF_SHORT : HT_CAP_SIZEOF_LONG;
	case PCI_CAP_ID_VNDR:
		return flags & 0xff;
	case PCI_CAP_ID_EXP:
		return express_length(flags);
	case PCI_CAP_ID_MSIX:
		return PCI_CAP_MSIX_SIZEOF;
	case PCI_CAP_ID_SATA:
		return (read32(config, size, pos + PCI_SATA_REGS) & PCI_SATA_REGS_MASK) ==
		       PCI_SATA_REGS_INLINE ? PCI_SATA_SIZEOF_LONG : PCI_SATA_SIZEOF_SHORT;
	case PCI_CAP_ID_AF:
		return PCI_CAP_AF_SIZEOF;
	default:
		return 0;
	}
}

static unsigned int channel_length(const u8 *config, unsigned int size, unsigned int pos)
{
	unsigned int length = PCI_CAP_VC_BASE_SIZEOF, phases = 0;
	u32 arbitration = read32(config, size, pos + PCI_VC_PORT_CAP2);

	if (arbitration & PCI_VC_CAP2_128_PHASE)
		phases = 128;
	else if (arbitration & PCI_VC_CAP2_64_PHASE)
		phases = 64;
	else if (arbitration & PCI_VC_CAP2_32_PHASE)
		phases = 32;
	length += (1 + (read32(config, size, pos + PCI_VC_PORT_CAP1) & PCI_VC_CAP1_EVCC)) *
		  PCI_CAP_VC_PER_VC_SIZEOF;
	/* Four bits a phase, behind the next multiple of 16. */
	return phases ? (length + 15) / 16 * 16 + phases / 2 : length;
}

static unsigned int access_control_length(u32 capability)
{
	unsigned int bits = capability >> 8 & 0xff;

	if (!(capability & PCI_ACS_EC))
		return 8;
	return 8 + (bits ? (bits + 31) / 32 * 32 : 256) / 8;
}

static unsigned int processing_hints_length(u32 capability)
{
	if ((capability & PCI_TPH_CAP_LOC_MASK) != PCI_TPH_LOC_CAP)
		return PCI_TPH_BASE_SIZEOF;
	return PCI_TPH_BASE_SIZEOF + 2 +
	       2 * ((capability & PCI_TPH_CAP_ST_MASK) >> PCI_TPH_CAP_ST_SHIFT);
}

unsigned int vfx_extended_length(const u8 *config, unsigned int size, unsigned int pos)
{
	u32 first = read32(config, size, pos + 4);

	switch (PCI_EXT_CAP_ID(read32(config, size, pos))) {
	case PCI_EXT_CAP_ID_ERR:
		return PCI_ERR_ROOT_COMMAND;
	case PCI_EXT_CAP_ID_VC:
	case PCI_EXT_CAP_ID_MFVC:
	case PCI_EXT_CAP_ID_VC9:
		return channel_length(config, size, pos);
	case PCI_EXT_CAP_ID_DSN:
		return PCI_EXT_CAP_DSN_SIZEOF;
	case PCI_EXT_CAP_ID_PWR:
		return PCI_EXT_CAP_PWR_SIZEOF;
	case PCI_EXT_CAP_ID_VNDR:
	case PCI_EXT_CAP_ID_DVSEC:
		return first >> 20;
	case PCI_EXT_CAP_ID_ACS:
		return access_control_length(first);
	case PCI_EXT_CAP_ID_ARI:
		return PCI_EXT_CAP_ARI_SIZEOF;
	case PCI_EXT_CAP_ID_ATS:
		return PCI_EXT_CAP_ATS_SIZEOF;
	case PCI_EXT_CAP_ID_SRIOV:
		return PCI_EXT_CAP_SRIOV_SIZEOF;
	case PCI_EXT_CAP_ID_MCAST:
		return PCI_EXT_CAP_MCAST_ENDPOINT_SIZEOF;
	case PCI_EXT_CAP_ID_PRI:
		return PCI_EXT_CAP_PRI_SIZEOF;
	case PCI_EXT_CAP_ID_REBAR:
		return 4 + 8 * ((read32(config, size, pos + PCI_REBAR_CTRL) &
				 PCI_REBAR_CTRL_NBAR_MASK) >> PCI_REBAR_CTRL_NBAR_SHIFT);
	case PCI_EXT_CAP_ID_DPA:
		return PCI_DPA_BASE_SIZEOF + (first & PCI_DPA_CAP_SUBSTATE_MASK) + 1;
	case PCI_EXT_CAP_ID_TPH:
		return processing_hints_length(first);
	case PCI_EXT_CAP_ID_LTR:
		return PCI_EXT_CAP_LTR_SIZEOF;
	default:
		return 0;
	}
}

/* Which bytes a capability has, a bit each; a walk marks what it comes by. */
struct taken {
	u8 byte[PCI_CFG_SPACE_EXP_SIZE / 8];
};

/* Mark @length bytes at @pos. Return: one of them was marked already. */
static bool take(struct taken *taken, unsigned int pos, unsigned int length)
{
	bool before = false;
	unsigned int i;

	for (i = pos; i < pos + length; i++) {
		before |= taken->byte[i / 8] >> i % 8 & 1;
		taken->byte[i / 8] |= (u8)(1u << i % 8);
	}
	return before;
}

/* The core has one table of permissions for each of these. */
static bool has_one_table(unsigned int id)
{
	switch (id) {
	case PCI_CAP_ID_PM:
	case PCI_CAP_ID_VPD:
	case PCI_CAP_ID_MSI:
	case PCI_CAP_ID_PCIX:
	case PCI_CAP_ID_EXP:
	case PCI_CAP_ID_AF:
		return true;
	default:
		return false;
	}
}

static bool has_one_extended_table(unsigned int id)
{
	return id == PCI_EXT_CAP_ID_ERR || id == PCI_EXT_CAP_ID_PWR;
}

static enum vfx_list_fault check_standard(const u8 *config, unsigned int size, unsigned int *at)
{
	u32 had = 0;	/* IDs, of which those with a table are less than 32 */
	struct taken taken = { }, seen = { };
	unsigned int pos, id, length;

	if (!(config[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return VFX_LIST_SOUND;
	for (pos = config[PCI_CAPABILITY_LIST]; pos; pos = config[pos + PCI_CAP_LIST_NEXT]) {
		*at = pos;
		if (pos < PCI_STD_HEADER_SIZEOF || pos % 4)
			return VFX_LIST_POINTER;
		if (take(&seen, pos, 1))
			return VFX_LIST_LOOP;
		id = config[pos];
		length = vfx_capability_length(config, size, pos);
		if (!length)
			continue;
		if (length < VNDR_MIN)
			return VFX_LIST_SHORT;
		if (pos + length > PCI_CFG_SPACE_SIZE)
			return VFX_LIST_END;
		if (take(&taken, pos, length))
			return VFX_LIST_OVERLAP;
		if (!has_one_table(id))
			continue;
		if (had & 1u << id)
			return VFX_LIST_TWICE;
		had |= 1u << id;
	}
	return VFX_LIST_SOUND;
}

static enum vfx_list_fault check_extended(const u8 *config, unsigned int size, unsigned int *at)
{
	unsigned int pos = PCI_CFG_SPACE_SIZE, id, length;
	struct taken taken = { }, seen = { };
	u32 header, had = 0;

	for (; pos >= PCI_CFG_SPACE_SIZE; pos = PCI_EXT_CAP_NEXT(header)) {
		*at = pos;
		if (take(&seen, pos, 1))
			return VFX_LIST_LOOP;
		header = read32(config, size, pos);
		id = PCI_EXT_CAP_ID(header);
		length = vfx_extended_length(config, size, pos);
		/* Check hidden capabilities as well: the next kernel's core may know them. */
		if (!length)
			length = EXTENDED_HEADER;
		else if (length < EXTENDED_VENDOR_MIN)
			return VFX_LIST_SHORT;
		if (pos + length > size)
			return VFX_LIST_END;
		if (take(&taken, pos, length))
			return VFX_LIST_OVERLAP;
		if (!has_one_extended_table(id))
			continue;
		if (had & 1u << id)
			return VFX_LIST_TWICE;
		had |= 1u << id;
	}
	return VFX_LIST_SOUND;
}

enum vfx_list_fault vfx_check_lists(const u8 *config, unsigned int size, unsigned int *at)
{
	enum vfx_list_fault fault = check_standard(config, size, at);

	/* A first header of 0 is how "none" is written (PCIe 6.0, 7.6.2). */
	if (fault || size <= PCI_CFG_SPACE_SIZE || !read32(config, size, PCI_CFG_SPACE_SIZE))
		return fault;
	return check_extended(config, size, at);
}
