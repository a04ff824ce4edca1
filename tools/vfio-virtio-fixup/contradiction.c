// SPDX-License-Identifier: GPL-2.0-only
/* The sentences of contradiction.h. */
#include "contradiction.h"

#include <stdio.h>
#include <string.h>

#include "model.h"
#include "output.h"

static const struct sentences {
	unsigned int contradiction;
	const char *text;
	const char *fix;
} sentences[] = {
	{ VFX_CONTRADICTION_OFFERS_BUT_BYPASSES,
	  "it offers ACCESS_PLATFORM but bypasses",
	  "its hypervisor or back end does not do what it claims: report it there, and have "
	  "the function given by another back end (such as one in QEMU itself, instead of a "
	  "vhost one)" },
	{ VFX_CONTRADICTION_DESCRIBED_BUT_BYPASSES,
	  "the platform%s describes an IOMMU for it but it bypasses",
	  "have its hypervisor put it behind the IOMMU that it describes (QEMU: "
	  "iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)" },
	{ VFX_CONTRADICTION_TRANSLATED_BUT_HIDES,
	  "it is translated but does not offer ACCESS_PLATFORM",
	  "nothing for its guest, whom the view tells the truth; for this host's own driver, "
	  "have its hypervisor offer the bit (QEMU: "
	  "iommu_platform=on,disable-legacy=on; libvirt: <driver iommu='on'/>)" },
};

static const struct sentences *find(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++)
		if (!strcmp(word, vfx_contradiction_word(sentences[i].contradiction)))
			return &sentences[i];
	return NULL;
}

/* " (DMAR)": by what, or else by which driver's word, the IOMMU is known. */
static void name_platform(struct json_object *model, char *name, size_t size)
{
	struct json_object *platform = get_member(model, "platform");
	const char *by = get_text(platform, "described_by");

	if (!strcmp(by, WORD_UNKNOWN) || !strcmp(by, WORD_NONE))
		by = get_text(platform, "iommu");
	if (!strcmp(by, WORD_UNKNOWN) || !strcmp(by, WORD_NONE))
		*name = '\0';
	else
		snprintf(name, size, " (%s)", by);
}

void contradiction_text(struct json_object *model, const char *word, char *text, size_t size)
{
	const struct sentences *found = find(word);
	char name[SYSFS_WORD + 3];
	const char *gap;

	if (!found) {
		snprintf(text, size, "%s", word);
		return;
	}
	gap = strstr(found->text, "%s");
	if (!gap) {
		snprintf(text, size, "%s", found->text);
		return;
	}
	name_platform(model, name, sizeof(name));
	snprintf(text, size, "%.*s%s%s", (int)(gap - found->text), found->text, name,
		 gap + strlen("%s"));
}

const char *contradiction_fix(const char *word)
{
	const struct sentences *found = find(word);

	return found ? found->fix : NULL;
}
