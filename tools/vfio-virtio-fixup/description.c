// SPDX-License-Identifier: GPL-2.0-only
/* What the host says of a function, for description.h. */
#include "description.h"

#include "output.h"

static const char *ground_of(u8 basis)
{
	switch (basis) {
	case VIRTIO_FIXUP_BASIS_MEASURED:
		return "the host says so because it measured the function's DMA";
	case VIRTIO_FIXUP_BASIS_DECLARED:
		return "the host says so because it goes by the function's feature bits";
	case VIRTIO_FIXUP_BASIS_VOUCHED:
		return "the host says so because its administrator vouches for it";
	case VIRTIO_FIXUP_BASIS_PLATFORM:
		return "the host says so because no IOMMU serves the function";
	case VIRTIO_FIXUP_BASIS_PROTOCOL:
		return "the host says so because the function's device type names physical "
		       "addresses";
	default:
		return "the host gives no ground for this";
	}
}

/* What it means for the guest that reads this. */
static const char *meaning_of(const struct virtio_fixup_description *d)
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

static struct json_object *decode(unsigned int position,
				  const struct virtio_fixup_description *d)
{
	struct json_object *object = json_object_new_object();

	add_text(object, "position", "0x%02x", position);
	json_object_object_add(object, "version", json_object_new_int(d->version));
	add_text(object, "verdict", "%s", vfx_verdict_word(d->verdict));
	add_text(object, "basis", "%s", vfx_basis_word(d->basis));
	add_text(object, "view", "%s", vfx_view_word(d->view));
	add_text(object, "ability", "%s", vfx_ability_word(d->ability));
	add_text(object, "state", "%s", vfx_state_word(d->state));
	return object;
}

struct json_object *description_of(const struct function *function)
{
	struct virtio_fixup_description d;
	unsigned int position = vfx_find_description(function->config, &d);

	return position ? decode(position, &d) : NULL;
}

const char *description_meaning(const struct function *function)
{
	struct virtio_fixup_description d;

	return vfx_find_description(function->config, &d) ? meaning_of(&d) : "";
}

const char *description_ground(const struct function *function)
{
	struct virtio_fixup_description d;

	return vfx_find_description(function->config, &d) ? ground_of(d.basis) : "";
}
