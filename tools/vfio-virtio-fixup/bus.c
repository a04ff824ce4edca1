// SPDX-License-Identifier: GPL-2.0-only
/* The buses of bus.h. */
#include "bus.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The core's integer types are the same as libpci's: let it take them. */
#define PCI_HAVE_Uxx_TYPES
#include <pci/pci.h>

#include "output.h"
#include "sysfs.h"

#define IORESOURCE_IO		0x100
#define PAGE_4K			4096

static void __attribute__((noreturn, format(printf, 1, 2))) pci_failed(char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	report_error("PCI", "%s", text);
	exit(output_end(CLI_FAILED));
}

/* libpci warns of short reads, which are expected here and judged by their length. */
static void __attribute__((format(printf, 1, 2))) pci_ignored(char *format, ...)
{
}

/* In a dump, the bridges say which bus is behind them. */
static void find_bridges(struct bus *bus)
{
	struct pci_dev *dev;
	u8 type;

	for (dev = bus->pci->devices; dev; dev = dev->next)
		bus->nr_bridges++;
	bus->bridges = keep((bus->nr_bridges + 1) * sizeof(*bus->bridges));
	bus->nr_bridges = 0;
	for (dev = bus->pci->devices; dev; dev = dev->next) {
		type = pci_read_byte(dev, PCI_HEADER_TYPE) & 0x7f;
		if (type == PCI_HEADER_TYPE_BRIDGE)
			bus->bridges[bus->nr_bridges++] = dev;
	}
}

int bus_open(struct bus *bus)
{
	unsigned int functions = 0;

	memset(bus, 0, sizeof(*bus));
	bus->dump = cli->dump ? dump_open(cli->dump, &functions) : -1;
	if (cli->dump && bus->dump < 0)
		return CLI_FAILED;
	if (cli->dump && !functions) {
		report_error(strcmp(cli->dump, "-") ? cli->dump : "standard input",
			     "shows no PCI function; give the output of lspci -xxxx, taken as "
			     "root");
		close(bus->dump);
		return CLI_FAILED;
	}
	bus->pci = pci_alloc();
	bus->pci->error = pci_failed;
	bus->pci->warning = pci_ignored;
	if (cli->dump) {
		bus->pci->method = PCI_ACCESS_DUMP;
		pci_set_param(bus->pci, "dump.name", AT("/proc/self/fd/%d", bus->dump));
	} else {
		bus->pci->method = PCI_ACCESS_SYS_BUS_PCI;
		pci_set_param(bus->pci, "sysfs.path", AT("%s/bus/pci", cli->sysfs));
	}
	pci_init(bus->pci);
	if (cli->dump)
		find_bridges(bus);
	return CLI_DONE;
}

void bus_close(struct bus *bus)
{
	pci_cleanup(bus->pci);
	if (bus->dump >= 0)
		close(bus->dump);
}

/* Where it is, as a number. */
static unsigned long long place_of(unsigned int domain, unsigned int bus, unsigned int dev,
				   unsigned int func)
{
	return (unsigned long long)domain << 16 | bus << 8 | dev << 3 | func;
}

static unsigned long long place(const struct pci_dev *dev)
{
	return place_of((unsigned int)dev->domain, dev->bus, dev->dev, dev->func);
}

static int by_place(const void *a, const void *b)
{
	unsigned long long x = place(*(struct pci_dev *const *)a);
	unsigned long long y = place(*(struct pci_dev *const *)b);

	return x < y ? -1 : x > y;
}

static void scan(struct bus *bus)
{
	struct pci_dev *dev;

	pci_scan_bus(bus->pci);
	for (dev = bus->pci->devices; dev; dev = dev->next)
		bus->count++;
	bus->sorted = keep((bus->count + 1) * sizeof(*bus->sorted));
	bus->count = 0;
	for (dev = bus->pci->devices; dev; dev = dev->next)
		bus->sorted[bus->count++] = dev;
	qsort(bus->sorted, bus->count, sizeof(*bus->sorted), by_place);
}

static bool reads_as_vf(const struct function *function)
{
	return function->vendor == 0xffff && function->device == 0xffff;
}

#define VF_TEXT "it is a virtual function (VF), and its IDs read ffff:ffff, because they are " \
		"in its physical function; look at it on its host, where the kernel knows them"

/* A dump does not have the IDs; what is left to tell virtio by are the structures. */
static void warn_if_vf(struct function *function)
{
	if (!reads_as_vf(function))
		return;
	bus_read_config(function, false);
	if (function->layout.common >= 0)
		report_warning(function->address, VF_TEXT);
}

/* Whether it is a virtio function; then its address and IDs are filled. */
static bool identify(const struct bus *bus, struct function *function, struct pci_dev *dev)
{
	memset(function, 0, sizeof(*function));
	snprintf(function->address, sizeof(function->address), "%04x:%02x:%02x.%d",
		 (unsigned int)dev->domain, dev->bus, dev->dev, dev->func);
	pci_fill_info(dev, PCI_FILL_IDENT);
	function->bus = bus;
	function->pci = dev;
	function->from_dump = cli->dump;
	function->vendor = dev->vendor_id;
	function->device = dev->device_id;
	return dev->vendor_id == PCI_VENDOR_ID_REDHAT_QUMRANET && vfx_is_virtio_id(dev->device_id);
}

bool bus_next(struct bus *bus, struct function *function)
{
	if (!bus->sorted)
		scan(bus);
	while (bus->next < bus->count) {
		if (identify(bus, function, bus->sorted[bus->next++]))
			return true;
		warn_if_vf(function);
	}
	return false;
}

static struct pci_dev *find(const struct bus *bus, const unsigned int part[4],
			    const char *address)
{
	unsigned long long wanted = place_of(part[0], part[1], part[2], part[3]);
	struct pci_dev *dev;

	if (!cli->dump && !bus->sorted)
		return sysfs_exists(AT("devices/%s", address)) ?
		       pci_get_dev(bus->pci, (int)part[0], (int)part[1], (int)part[2],
				   (int)part[3]) : NULL;
	for (dev = bus->pci->devices; dev; dev = dev->next)
		if (place(dev) == wanted)
			return dev;
	return NULL;
}

static const char *parse_full(const char *text, unsigned int part[4])
{
	size_t length = parse_address(text, part);

	if (length && !text[length] && part[2] <= 0x1f && part[3] <= 7)
		return new_text("%04x:%02x:%02x.%u", part[0], part[1], part[2], part[3]);
	report_error(text, "not the address of a PCI function; give one such as "
		     "0000:01:00.0 or 01:00.0");
	return NULL;
}

const char *full_address(const char *text)
{
	unsigned int part[4];

	return parse_full(text, part);
}

int bus_find(const struct bus *bus, const char *text, struct function *function)
{
	struct pci_dev *dev;
	unsigned int part[4];
	const char *address = parse_full(text, part);

	if (!address)
		return CLI_USAGE;
	dev = find(bus, part, address);
	if (!dev)
		return fail(CLI_NO_FUNCTION, address,
			    "no such PCI function; see " CLI_NAME " list");
	if (identify(bus, function, dev))
		return CLI_DONE;
	report_error(address, "%s", reads_as_vf(function) ? VF_TEXT :
		     "not a virtio function; see " CLI_NAME " list");
	bus_put(function);
	return CLI_NO_FUNCTION;
}

static const char *port_in_dump(const struct bus *bus, const struct pci_dev *dev)
{
	struct pci_dev *bridge;
	size_t i;

	for (i = 0; i < bus->nr_bridges; i++) {
		bridge = bus->bridges[i];
		if (pci_read_byte(bridge, PCI_SECONDARY_BUS) == dev->bus &&
		    bridge->domain == dev->domain)
			return new_text("%04x:%02x:%02x.%d", (unsigned int)bridge->domain,
					bridge->bus, bridge->dev, bridge->func);
	}
	return "";
}

const char *bus_port(const struct function *function)
{
	unsigned int part[4];
	char *path, *slash;
	size_t length;

	if (function->from_dump)
		return port_in_dump(function->bus, function->pci);
	path = sysfs_target(AT("devices/%s", function->address));
	slash = strrchr(path, '/');
	if (!slash)
		return "";
	*slash = '\0';
	slash = strrchr(path, '/');
	length = slash ? parse_address(slash + 1, part) : 0;
	return length && !slash[1 + length] ? slash + 1 : "";
}

void bus_put(struct function *function)
{
	/* All others are in libpci's list, and are freed with that. */
	if (!function->from_dump && !function->bus->sorted)
		pci_free_dev(function->pci);
}

/* How many bytes there are to read of it, in steps of 4. */
static int readable(const struct function *function, int from, int to)
{
	u8 dword[4];

	while (from < to && pci_read_block(function->pci, from, dword, sizeof(dword)))
		from += (int)sizeof(dword);
	return from;
}

/* lspci writes 64, 256 or 4096 bytes of each function. */
static void warn_if_truncated(const struct function *function)
{
	int end = readable(function, 0, VFX_CONFIG_MAX);

	if (end != 64 && end != VFX_CONFIG_SIZE && end != VFX_CONFIG_MAX)
		report_warning(function->address, "the dump is truncated: its configuration space "
			       "ends at 0x%02x", (unsigned int)end);
}

static void read_config(struct function *function, bool extended)
{
	unsigned int i, sizes[] = { extended ? VFX_CONFIG_MAX : VFX_CONFIG_SIZE, VFX_CONFIG_SIZE, 0 };

	if (function->from_dump)
		warn_if_truncated(function);
	for (i = 0; i < 3; i++) {
		/* Without privilege reads end at 64 bytes, and a dump ends anywhere. */
		function->config_len = sizes[i] ? sizes[i] :
				       (unsigned int)readable(function, 0, VFX_CONFIG_SIZE);
		memset(function->config, 0, sizeof(function->config));
		if (pci_read_block(function->pci, 0, function->config, (int)function->config_len))
			break;
	}
}

/* As the driver does when it is bound, so that nobody has to try. */
static void check_lists(struct function *function)
{
	u8 config[VFX_CONFIG_MAX] = { 0 };
	unsigned int size = function->config_len;

	memcpy(config, function->config, size);
	/* Each read may cost a trap, and most functions have no extended list. */
	if (size == VFX_CONFIG_SIZE && pci_read_block(function->pci, size, config + size, 4) &&
	    vfx_get32(config + size) &&
	    pci_read_block(function->pci, 0, config, VFX_CONFIG_MAX))
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

static bool same_page(const struct vfx_structure *a, const struct vfx_structure *b, u64 page)
{
	return a->bar == b->bar && a->offset / page <= (b->offset + b->length - 1) / page &&
	       b->offset / page <= (a->offset + a->length - 1) / page;
}

/* Mapped is where a whole page has nothing but what may be. */
static int notifications(const struct vfx_layout *layout, u64 page)
{
	const struct vfx_structure *notify = &layout->structures[layout->notify];
	u64 first = notify->offset / page * page, end = notify->offset + notify->length;
	u64 start, mapped = vfx_next_mappable(layout, notify->bar, first, page, &start);

	if (!mapped || start >= end)
		return NOTIFICATIONS_TRAPPED;
	return start == first && mapped >= end - first ? NOTIFICATIONS_MAPPED :
							 NOTIFICATIONS_PARTLY;
}

static void find_notify_path(struct function *function, u64 page)
{
	function->notify.page_size = (unsigned int)page;
	if (function->layout.notify < 0)
		return;
	function->notify.how = notifications(&function->layout, page);
	function->notify.how_if_4k = notifications(&function->layout, PAGE_4K);
}

static void add_structures(struct function *function, u64 page)
{
	const struct vfx_layout *layout = &function->layout;
	struct structure *structure;
	unsigned int i;

	function->structures = keep(VFX_MAX_STRUCTURES * sizeof(*structure));
	function->nr_structures = 0;
	for (i = 0; i < layout->nr_structures; i++) {
		structure = &function->structures[function->nr_structures++];
		structure->at = layout->structures[i];
		structure->shares_page_with_common =
			layout->common >= 0 && (int)i != layout->common &&
			same_page(&structure->at, &layout->structures[layout->common], page);
	}
}

void bus_read_config(struct function *function, bool extended)
{
	/* A guest maps pages of this host; of a dump's host they are taken to be usual. */
	u64 page = function->from_dump ? PAGE_4K : (u64)sysconf(_SC_PAGESIZE);
	u64 bar_length[VFX_BARS];
	unsigned int io_bars;

	read_config(function, extended);
	function->revision = function->config[PCI_REVISION_ID];
	function->subsystem_vendor = vfx_get16(function->config + PCI_SUBSYSTEM_VENDOR_ID);
	function->subsystem = vfx_get16(function->config + PCI_SUBSYSTEM_ID);
	function->type = vfx_type_from_ids(function->device, function->subsystem);
	function->layout.common = -1;
	function->description_room = NOT_KNOWN;
	function->identity = NOT_KNOWN;
	function->notify.how = NOT_KNOWN;
	function->description.position =
		vfx_find_description(function->config, &function->description.is);
	if (config_complete(function)) {
		check_lists(function);
		io_bars = function->from_dump ? bars_of_dump(function, bar_length) :
						bars_of_system(function->pci, bar_length);
		vfx_parse_layout(&function->layout, function->config, bar_length, io_bars);
		add_structures(function, page);
		find_notify_path(function, page);
	}
	if (config_complete(function) || function->device >= 0x1040)
		function->identity = (int)vfx_identity(function->device, &function->layout);
}
