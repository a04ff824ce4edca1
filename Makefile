# SPDX-License-Identifier: GPL-2.0
#
# Everything is made in build/. `make help` lists the targets.

# Only deps, demo, check and check-full install packages, and these before all else.
# The other targets say what is missing, and end.

SHELL	:= /bin/bash
SRC	:= drivers/vfio/pci/virtio-fixup
TOOL	:= tools/vfio-virtio-fixup
UAPI	:= include/uapi
BUILD	:= build

# The newest kernel headers installed, unless KDIR says otherwise.
RELEASES := $(shell ls -d /lib/modules/*/build/Makefile 2>/dev/null | cut -d / -f 4 | sort -V)
KDIR	?= $(addsuffix /build,$(addprefix /lib/modules/,$(lastword $(RELEASES))))
KREL	 = $(shell sed -n 's/.define UTS_RELEASE "\(.*\)"/\1/p' $(KDIR)/include/generated/utsrelease.h 2>/dev/null)

# CC, CPPFLAGS, CFLAGS, LDFLAGS and LDLIBS are the user's; WERROR=1 is the tests'.
CFLAGS	?= -O2 -g
LDLIBS	?= -lpci -lkmod -ludev -linih

# Where make install puts things. The version stands in cli.h, and only there.
VERSION	 = $(shell sed -n 's/.define CLI_VERSION\s*"\(.*\)"/\1/p' $(TOOL)/cli.h)
PREFIX	?= /usr/local
SBINDIR	?= $(PREFIX)/sbin
DATADIR	?= $(PREFIX)/share
ZSHDIR	?= $(DATADIR)/zsh/site-functions
MODPROBEDIR ?= $(PREFIX)/lib/modprobe.d
UNITDIR	?= $(PREFIX)/lib/systemd/system
UDEVDIR	?= $(PREFIX)/lib/udev/rules.d
# These two do not look below /usr/local.
INITRAMFSDIR ?= $(if $(filter /usr,$(PREFIX)),/usr/share,/etc)/initramfs-tools
DRACUTDIR ?= /usr/lib/dracut/modules.d
DKMSDIR	 = /usr/src/vfio-virtio-fixup-$(VERSION)
COMPILE	 = $(CC) $(CPPFLAGS) $(CFLAGS) -std=gnu11 -Wall -Wextra -Wno-unused-parameter \
	   $(if $(WERROR),-Werror) -D_GNU_SOURCE -I$(TOOL) -I$(SRC)/core -I$(UAPI)
OBJECTS	:= $(patsubst $(TOOL)/%.c,$(BUILD)/tool/%.o,$(wildcard $(TOOL)/*.c)) \
	   $(patsubst $(SRC)/core/%.c,$(BUILD)/tool/core/%.o,$(wildcard $(SRC)/core/*.c))

# What a target needs is looked for by a script.
REQUIRE	:= CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' CFLAGS='$(CFLAGS)' LDFLAGS='$(LDFLAGS)' \
	   tests/require-packages
MAKEFLAGS += --no-print-directory

# Goals that build in the same folder, one after the other.
ifneq ($(and $(word 2,$(MAKECMDGOALS)),$(filter-out cli module,$(MAKECMDGOALS))),)
.NOTPARALLEL:
endif

.PHONY: all help cli module modules quick demo shell check check-full check-unit check-style \
	check-cli check-nested fuzz mutations prove bench bench-tool lying-qemu sriov-qemu \
	instrumented-kernel install install-tool install-boot install-dkms dist deb rpm clean \
	deps FORCE
.DELETE_ON_ERROR:

all: ## build the tool and the module; `make deps` first, where there is nothing yet
	@$(REQUIRE) all
	@$(MAKE) cli module

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

cli: $(BUILD)/vfio-virtio-fixup ## build the command-line tool

$(BUILD)/vfio-virtio-fixup: $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/tool/%.o: $(TOOL)/%.c $(BUILD)/tool/command
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/tool/core/%.o: $(SRC)/core/%.c $(BUILD)/tool/command
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

# With another compiler or other options, everything is built anew.
$(BUILD)/tool/command: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) $(LDFLAGS) $(LDLIBS)' | cmp -s - $@ || \
		{ $(REQUIRE) cli && echo '$(COMPILE) $(LDFLAGS) $(LDLIBS)' >$@; }

-include $(OBJECTS:.o=.d)

# The sources are linked into a folder a kernel, as Kbuild puts objects beside them.
module: ## build the module for KDIR (default: the newest headers)
	@KDIR='$(KDIR)' $(REQUIRE) module
	@test -n '$(KREL)' || { echo "KDIR='$(KDIR)' is not the build folder of a kernel" >&2; exit 1; }
	@mkdir -p $(BUILD)/$(KREL)/core
	@find $(BUILD)/$(KREL) -maxdepth 2 -type l -delete
	@ln -sf $(filter-out %/core,$(addprefix $(CURDIR)/,$(wildcard $(SRC)/*))) $(BUILD)/$(KREL)/
	@ln -sf $(addprefix $(CURDIR)/,$(wildcard $(SRC)/core/*)) $(BUILD)/$(KREL)/core/
	$(MAKE) -C $(KDIR) M=$(CURDIR)/$(BUILD)/$(KREL) \
		VIRTIO_FIXUP_UAPI=$(CURDIR)/$(UAPI) $(KFLAGS) modules
	@echo "$(BUILD)/$(KREL)/virtio_fixup_vfio_pci.ko"

modules: $(addprefix module-,$(RELEASES)) ## build the module for every kernel whose headers are installed

module-%:
	@$(MAKE) module KDIR=/lib/modules/$*/build

quick: ## after an edit, in a minute: what changed, and all tests that are quick
	@$(REQUIRE) quick
	@tests/quick

demo: ## see it: overwritten memory, a refusal, and an L2 that is told the truth
	@$(REQUIRE) --install demo
	@$(MAKE) cli module
	@tests/demo

shell: ## an L1 to play in, on this terminal: the functions of the tour, driver and tool
	@$(REQUIRE) --install demo
	@$(MAKE) cli module
	@tests/shell

# The script has jobs of its own; this make's are not handed on.
check: ## run every test; those that need the lying L0 only after make lying-qemu
	@$(REQUIRE) --install check
	@MAKEFLAGS= tests/check

# WITHIN=MINUTES: of what takes long, what fits into so many minutes.
check-full: ## and what takes long: instrumented kernel, fuzzing, proof, mutations
	@$(REQUIRE) --install full
	@MAKEFLAGS= tests/check $(if $(WITHIN),--within $(WITHIN),--full)

check-unit: ## host tests of the pure core
	@$(REQUIRE) unit
	@tests/unit/run

check-style: ## checkpatch, sparse, warnings, on all kernels
	@$(REQUIRE) check
	@tests/style

check-cli: cli ## the command-line tool on dumps and fake sysfs trees
	@tests/cli/run

check-nested: modules cli ## the nested rig: real kernels, a real L2
	@$(REQUIRE) check
	@tests/nested/run-all

mutations: modules cli ## open each door and break each rule, and see which test sees it
	@$(REQUIRE) check
	@tests/mutations/run

prove: ## prove the pure core with CBMC, in a Debian 13 root (made as root)
	@tests/prove/run

fuzz: ## fuzz the pure core with libFuzzer; FUZZ_RUNS= for more
	@tests/fuzz/run

bench: modules bench-tool ## accesses and costs beside stock vfio-pci: table, JSON, SVG
	@$(REQUIRE) check
	@tests/bench/run

bench-tool: cli ## time of the tool beside lspci, for 10,000 functions; a minute
	@tests/bench/tool

lying-qemu: ## build the L0 whose functions lie, for the scenarios that want it
	@$(REQUIRE) check
	@tests/l0/build

sriov-qemu: ## make the L0 whose virtio-net has VFs, in a root of Debian sid (as root)
	@$(REQUIRE) check
	@tests/l0/sriov

instrumented-kernel: ## build an L1 kernel with KASAN, lockdep, kmemleak, iommufd
	@tests/kernel/build

install: install-tool install-boot install-dkms ## tool, units, source for DKMS: DESTDIR=, PREFIX=
	@test -n '$(DESTDIR)' || echo "for the module, run: dkms install vfio-virtio-fixup/$(VERSION)"

install-tool: cli
	install -D $(BUILD)/vfio-virtio-fixup $(DESTDIR)$(SBINDIR)/vfio-virtio-fixup
	install -D -m 644 Documentation/vfio-virtio-fixup.8 \
		$(DESTDIR)$(DATADIR)/man/man8/vfio-virtio-fixup.8
	install -D -m 644 Documentation/vfio-virtio-fixup.rule.5 \
		$(DESTDIR)$(DATADIR)/man/man5/vfio-virtio-fixup.rule.5
	install -D -m 644 packaging/completion/vfio-virtio-fixup.bash \
		$(DESTDIR)$(DATADIR)/bash-completion/completions/vfio-virtio-fixup
	install -D -m 644 packaging/examples/prometheus-alerts.yml \
		$(DESTDIR)$(DATADIR)/doc/vfio-virtio-fixup/examples/prometheus-alerts.yml
	install -D -m 644 packaging/systemd/vfio-virtio-fixup-metrics.timer \
		$(DESTDIR)$(UNITDIR)/vfio-virtio-fixup-metrics.timer
	sed 's|@SBINDIR@|$(SBINDIR)|' packaging/systemd/vfio-virtio-fixup-metrics.service.in \
		>$(DESTDIR)$(UNITDIR)/vfio-virtio-fixup-metrics.service
	install -D -m 644 packaging/completion/vfio-virtio-fixup.fish \
		$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/vfio-virtio-fixup.fish
	install -D -m 644 packaging/completion/_vfio-virtio-fixup \
		$(DESTDIR)$(ZSHDIR)/_vfio-virtio-fixup

# What applies the rules at boot, in the initramfs before, and to what is plugged later.
AT_SBINDIR = sed 's|@SBINDIR@|$(SBINDIR)|'

install-boot:
	install -d $(DESTDIR)$(UNITDIR) $(DESTDIR)$(UDEVDIR) $(DESTDIR)$(INITRAMFSDIR)/hooks \
		$(DESTDIR)$(INITRAMFSDIR)/scripts/init-top $(DESTDIR)$(DRACUTDIR)/90vfio-virtio-fixup
	for unit in vfio-virtio-fixup.service vfio-virtio-fixup@.service; do \
		$(AT_SBINDIR) packaging/systemd/$$unit.in >$(DESTDIR)$(UNITDIR)/$$unit || exit 1; \
	done
	install -d $(DESTDIR)$(UNITDIR)/driverctl@.service.d
	$(AT_SBINDIR) packaging/systemd/driverctl@.service.d/vfio-virtio-fixup.conf.in \
		>$(DESTDIR)$(UNITDIR)/driverctl@.service.d/vfio-virtio-fixup.conf
	install -m 644 packaging/udev/70-vfio-virtio-fixup.rules $(DESTDIR)$(UDEVDIR)/
	$(AT_SBINDIR) packaging/initramfs-tools/hook.in \
		>$(DESTDIR)$(INITRAMFSDIR)/hooks/vfio-virtio-fixup
	chmod 755 $(DESTDIR)$(INITRAMFSDIR)/hooks/vfio-virtio-fixup
	install packaging/initramfs-tools/script \
		$(DESTDIR)$(INITRAMFSDIR)/scripts/init-top/00-vfio-virtio-fixup
	install packaging/dracut/*.sh $(DESTDIR)$(DRACUTDIR)/90vfio-virtio-fixup/

install-dkms:
	install -d $(DESTDIR)$(DKMSDIR) $(DESTDIR)$(MODPROBEDIR) $(DESTDIR)$(UNITDIR)
	cp -R --parents $(SRC) $(UAPI) $(DESTDIR)$(DKMSDIR)/
	sed 's/#MODULE_VERSION#/$(VERSION)/' packaging/dkms.conf >$(DESTDIR)$(DKMSDIR)/dkms.conf
	install -m 644 packaging/modprobe.d/vfio-virtio-fixup.conf $(DESTDIR)$(MODPROBEDIR)/
	install -D -m 644 Documentation/virtio_fixup_vfio_pci.4 \
		$(DESTDIR)$(DATADIR)/man/man4/virtio_fixup_vfio_pci.4
	install -m 644 packaging/systemd/vfio-virtio-fixup-guard.service $(DESTDIR)$(UNITDIR)/

dist: ## a tar file of what is committed
	@packaging/make dist $(VERSION)

deb: ## Debian packages of what is committed: the tool, and the module for DKMS
	@packaging/make deb $(VERSION)

rpm: ## the same as RPM packages
	@packaging/make rpm $(VERSION)

deps: ## install all that demo and check need (as root, with apt)
	@$(REQUIRE) --install check

clean: ## remove build/ but the cache of kernels
	@find $(BUILD) -mindepth 1 -maxdepth 1 ! -name cache -exec rm -rf {} + 2>/dev/null || true
