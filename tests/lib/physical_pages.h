/* SPDX-License-Identifier: GPL-2.0 */
/*
 * physical_pages.h - locked pages of our own, and where they are in physical
 * memory. Takes CAP_SYS_ADMIN, without which the kernel does not say.
 */
#ifndef TESTS_PHYSICAL_PAGES_H
#define TESTS_PHYSICAL_PAGES_H

#include "virtio_user.h"

/* @count pages in a row for us, anywhere for the device, filled with @pattern. */
int physical_pages(struct virtio_user_memory *pages, unsigned int count,
		   unsigned char pattern);

#endif /* TESTS_PHYSICAL_PAGES_H */
