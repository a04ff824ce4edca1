/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPLACE_FILE_H
#define REPLACE_FILE_H

/*
 * Make a file anew: who reads it finds the old text or the new one, and never a part.
 * Others may read it. Return: 0, or an errno; then the old text is still there, unless only
 * the folder could not be synced.
 */
int replace_file(const char *path, const char *text);

#endif
