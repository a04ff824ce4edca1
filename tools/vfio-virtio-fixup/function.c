// SPDX-License-Identifier: GPL-2.0-only
/* The functions of function.h. The only file that uses libpci. */
#include "function.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The core's integer types are the same as libpci's: let it take them. */
#define PCI_HAVE_Uxx_TYPES
#include <pci/pci.h>

#include "config_map.h"
#include "output.h"

#define IORESOURCE_IO		0x100

static void __attribute__((noreturn, format(printf, 1, 2))) pci_failed(char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	report_error("PCI", "%s", text);
	exit(CLI_FAILED);
}

/* libpci warns of short reads, which are expected here and judged by their length. */
static void __attribute__((format(printf, 1, 2))) pci_ignored(char *format, ...)
{
	(void)format;
}

static struct pci_access *open_pci(const struct cli *cli)
{
	struct pci_access *pci = pci_alloc();
	char path[PATH_MAX];

	pci->error = pci_failed;
	pci->warning = pci_ignored;
	if (cli->dump) {
		pci->method = PCI_ACCESS_DUMP;
		snprintf(path, sizeof(path), "%s", cli->dump);
		pci_set_param(pci, "dump.name", path);
	} else {
		pci->method = PCI_ACCESS_SYS_BUS_PCI;
		/* Its length was checked when the directory was opened. */
		snprintf(path, sizeof(path), "%s/bus/pci", cli->sysfs);
		pci_set_param(pci, "sysfs.path", path);
	}
	pci_init(pci);
	return pci;
}

/* Each read of extended space may cost a trap, and only one command looks at it. */
static void read_config(const struct cli *cli, struct function *function, struct pci_dev *dev)
{
	const int step = 4;
	int pos;

	if (cli->config && pci_read_block(dev, 0, function->config, VFX_CONFIG_MAX)) {
		function->config_len = VFX_CONFIG_MAX;
		return;
	}
	/* Without privilege reads end at 64 bytes, and a dump ends anywhere. */
	memset(function->config, 0, sizeof(function->config));
	if (pci_read_block(dev, 0, function->config, VFX_CONFIG_SIZE)) {
		function->config_len = VFX_CONFIG_SIZE;
		return;
	}
	for (pos = 0; pos + step <= VFX_CONFIG_SIZE; pos += step)
		if (!pci_read_block(dev, pos, function->config + pos, step))
			break;
	memset(function->config + pos, 0, sizeof(function->config) - pos);
	function->config_len = pos;
}

/* As the driver does when it is bound, so that nobody has to try. */
static void check_lists(struct function *function, struct pci_dev *dev)
{
	u8 config[VFX_CONFIG_MAX] = { 0 };
	unsigned int size = function->config_len;

	if (!config_complete(function))
		return;
	memcpy(config, function->config, size);
	/* Each read may cost a trap, and most functions have no extended list. */
	if (size == VFX_CONFIG_SIZE && pci_read_block(dev, size, config + size, 4) &&
	    vfx_get32(config + size) &&
	    pci_read_block(dev, 0, config, VFX_CONFIG_MAX))
		size = VFX_CONFIG_MAX;
	function->list_fault = vfx_check_lists(config, size, &function->list_fault_at);
}

/* A dump has no lengths; the upper half of a 64-bit BAR is no BAR of its own. */
static unsigned int bars_of_dump(const struct function *function, u64 *length)
{
	unsigned int bar, io_bars = 0;

	for (bar = 0; bar < VFX_BARS; bar++) {
		u32 value = vfx_get32(function->config + PCI_BASE_ADDRESS_0 + 4 * bar);

		length[bar] = VFX_LENGTH_UNKNOWN;
		if (value & PCI_BASE_ADDRESS_SPACE_IO)
			io_bars |= 1u << bar;
		else if ((value & PCI_BASE_ADDRESS_MEM_TYPE_MASK) ==
			 PCI_BASE_ADDRESS_MEM_TYPE_64 && bar + 1 < VFX_BARS)
			length[++bar] = 0;
	}
	return io_bars;
}

static unsigned int bars_of_system(struct pci_dev *dev, u64 *length)
{
	unsigned int bar, io_bars = 0;

	pci_fill_info(dev, PCI_FILL_BASES | PCI_FILL_SIZES | PCI_FILL_IO_FLAGS);
	for (bar = 0; bar < VFX_BARS; bar++) {
		length[bar] = dev->size[bar];
		if (dev->flags[bar] & IORESOURCE_IO)
			io_bars |= 1u << bar;
	}
	return io_bars;
}

static bool has_virtio_ids(const struct pci_dev *dev)
{
	return dev->vendor_id == PCI_VENDOR_ID_REDHAT_QUMRANET &&
	       dev->device_id >= 0x1000 && dev->device_id <= 0x107f;
}

static void fill(const struct cli *cli, struct function *function, struct pci_dev *dev)
{
	u64 bar_length[VFX_BARS];
	unsigned int io_bars;

	snprintf(function->address, sizeof(function->address), "%04x:%02x:%02x.%d",
		 (unsigned int)dev->domain, dev->bus, dev->dev, dev->func);
	pci_fill_info(dev, PCI_FILL_IDENT);
	function->is_virtio = has_virtio_ids(dev);
	if (!function->is_virtio)
		return;

	function->vendor = dev->vendor_id;
	function->device = dev->device_id;
	read_config(cli, function, dev);
	function->revision = function->config[PCI_REVISION_ID];
	function->subsystem_vendor =
		vfx_get16(function->config + PCI_SUBSYSTEM_VENDOR_ID);
	function->subsystem = vfx_get16(function->config + PCI_SUBSYSTEM_ID);
	function->type = vfx_type_from_ids(function->device, function->subsystem);
	function->layout.common = -1;
	if (!config_complete(function))
		return;

	check_lists(function, dev);
	io_bars = cli->dump ? bars_of_dump(function, bar_length) :
			      bars_of_system(dev, bar_length);
	vfx_parse_layout(&function->layout, function->config, bar_length, io_bars);
	function->description_room = find_description_room(function);
}

static int by_address(const void *a, const void *b)
{
	const struct pci_dev *const *x = a, *const *y = b;

	if ((*x)->domain != (*y)->domain)
		return (*x)->domain < (*y)->domain ? -1 : 1;
	if ((*x)->bus != (*y)->bus)
		return (*x)->bus - (*y)->bus;
	if ((*x)->dev != (*y)->dev)
		return (*x)->dev - (*y)->dev;
	return (*x)->func - (*y)->func;
}

static int fill_all(const struct cli *cli, struct functions *functions, struct pci_access *pci)
{
	struct pci_dev *dev, **sorted;
	size_t i, count = 0;

	for (dev = pci->devices; dev; dev = dev->next)
		count++;
	if (!count)
		return 0;
	sorted = calloc(count, sizeof(*sorted));
	functions->all = calloc(count, sizeof(*functions->all));
	if (!sorted || !functions->all) {
		free(sorted);
		functions_free(functions);
		return -1;
	}
	for (i = 0, dev = pci->devices; dev; dev = dev->next)
		sorted[i++] = dev;
	qsort(sorted, count, sizeof(*sorted), by_address);
	for (i = 0; i < count; i++)
		fill(cli, &functions->all[i], sorted[i]);
	functions->count = count;
	free(sorted);
	return 0;
}

int functions_load(const struct cli *cli, struct functions *functions)
{
	struct pci_access *pci;
	int ret;

	functions->all = NULL;
	functions->count = 0;
	pci = open_pci(cli);
	pci_scan_bus(pci);
	ret = fill_all(cli, functions, pci);
	pci_cleanup(pci);
	if (ret) {
		report_error("PCI", "out of memory");
		return CLI_FAILED;
	}
	if (cli->dump && !functions->count) {
		report_error(cli->dump, "shows no PCI function; give the output of lspci -xxxx, "
			     "taken as root");
		return CLI_FAILED;
	}
	return CLI_DONE;
}

void functions_free(struct functions *functions)
{
	free(functions->all);
	functions->all = NULL;
	functions->count = 0;
}

/* [DOMAIN:]BUS:DEVICE.FUNCTION, and nothing before or after it. */
static bool parse_address(const char *text, char *address)
{
	unsigned int domain = 0, bus, dev, func;
	int len = 0;

	if (strspn(text, "0123456789abcdefABCDEF:.") != strlen(text))
		return false;
	if (sscanf(text, "%8x:%2x:%2x.%1x%n", &domain, &bus, &dev, &func, &len) != 4 ||
	    text[len]) {
		domain = 0;
		len = 0;
		if (sscanf(text, "%2x:%2x.%1x%n", &bus, &dev, &func, &len) != 3 || text[len])
			return false;
	}
	if (dev > 0x1f || func > 7)
		return false;
	snprintf(address, ADDRESS_SIZE, "%04x:%02x:%02x.%u", domain, bus, dev, func);
	return true;
}

int functions_find(const struct functions *functions, const char *text,
		   const struct function **function)
{
	char address[ADDRESS_SIZE];
	size_t i;

	if (!parse_address(text, address)) {
		report_error(text, "not the address of a PCI function; give one such as "
			     "0000:01:00.0 or 01:00.0");
		return CLI_USAGE;
	}
	for (i = 0; i < functions->count; i++) {
		*function = &functions->all[i];
		if (strcmp(address, (*function)->address))
			continue;
		if ((*function)->is_virtio)
			return CLI_DONE;
		report_error(address, "not a virtio function; see " CLI_NAME " list");
		return CLI_NO_FUNCTION;
	}
	report_error(address, "no such PCI function; see " CLI_NAME " list");
	return CLI_NO_FUNCTION;
}

int require_config(const struct cli *cli, const struct function *function)
{
	if (config_complete(function))
		return CLI_DONE;
	if (cli->dump)
		report_error(function->address, "the dump has only %u bytes of its "
			     "configuration space; take it with lspci -xxxx as root",
			     function->config_len);
	else
		report_error(function->address, "only %u bytes of its configuration "
			     "space could be read, and the capabilities lie beyond; "
			     "%s", function->config_len, geteuid() ? "root is needed" :
			     "it may be suspended or gone, see the kernel log");
	return CLI_FAILED;
}
