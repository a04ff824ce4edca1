// SPDX-License-Identifier: GPL-2.0-only
/* The joints of doors.h. */
#include "doors.h"
#include "unit.h"

static void access_registers(struct doors *d, u64 within, u8 *buf, unsigned int count,
			     bool is_write)
{
	if (is_write)
		vfx_registers_write(&d->registers.regs, within, buf, count);
	else
		vfx_registers_read(&d->registers.regs, within, buf, count);
	CHECK_IN(!d->registers.model.broken, "%s", d->registers.model.broken);
}

static void access_raw(struct doors *d, unsigned int bar, u64 offset, u8 *buf,
		       unsigned int count, bool is_write)
{
	for (; count; count--, offset++, buf++) {
		if (is_write)
			d->raw[bar][offset % DOORS_RAW] = *buf;
		else
			*buf = d->raw[bar][offset % DOORS_RAW];
	}
}

void doors_bar(struct doors *d, unsigned int bar, u64 offset, u8 *buf, unsigned int count,
	       bool is_write)
{
	enum vfx_kind kind;
	unsigned int run;
	u64 within;

	for (; count; offset += run, buf += run, count -= run) {
		run = (unsigned int)vfx_bar_run(&d->view.layout, bar, offset, count, &kind,
						&within);
		CHECK(run >= 1 && run <= count);
		if (kind == VFX_KIND_COMMON)
			access_registers(d, within, buf, run, is_write);
		else if (kind != VFX_KIND_ABSENT)
			access_raw(d, bar, offset, buf, run, is_write);
		else if (!is_write)
			memset(buf, 0, run);
	}
}

static void access_window(struct doors *d, u8 source, unsigned int offset, u8 *buf,
			  unsigned int count, bool is_write)
{
	struct vfx_window_access target;
	u8 data[4] = { 0 };
	unsigned int i;

	if (is_write)
		vfx_window_write_fields(&d->view.config, source, offset, buf, count);
	else
		vfx_window_read_fields(&d->view.config, source, offset, buf, count);
	target = vfx_window_target(&d->view.config, &d->view.layout, source);
	if (!target.width)
		return;
	if (is_write ? offset > target.data || offset + count < target.data + target.width :
		       offset < target.data || offset >= target.data + target.width)
		return;
	if (is_write)
		memcpy(data, buf + (target.data - offset), target.width);
	if (target.kind == VFX_KIND_COMMON)
		access_registers(d, target.within, data, target.width, is_write);
	else
		access_raw(d, target.bar, target.offset, data, target.width, is_write);
	for (i = offset - target.data; !is_write && i < target.width && count; i++, count--)
		*buf++ = data[i];
}

void doors_config(struct doors *d, unsigned int offset, u8 *buf, unsigned int count,
		  bool is_write)
{
	unsigned int run;
	u8 source;

	for (; count; offset += run, buf += run, count -= run) {
		run = vfx_config_run(&d->view.config, offset, count, is_write, &source);
		CHECK(run >= 1 && run <= count);
		switch (source) {
		case VFX_SOURCE_IMAGE:
		case VFX_SOURCE_KEPT:
			if (!is_write)
				memcpy(buf, d->view.config.image + offset, run);
			else if (source == VFX_SOURCE_KEPT)
				memcpy(d->view.config.image + offset, buf, run);
			break;
		case VFX_SOURCE_LIVE:
		case VFX_SOURCE_COMMAND:
			if (is_write)
				memcpy(d->core + offset, buf, run);
			else
				memcpy(buf, d->core + offset, run);
			break;
		default:
			access_window(d, source, offset, buf, run, is_write);
		}
	}
}
