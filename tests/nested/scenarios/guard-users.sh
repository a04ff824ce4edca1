# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2153,SC2154,SC2317
# How the tools that people use, and other ways into VFIO, get on with the guard.
. "${here:-/rig}/lib-disk.sh"
. "${here:-/rig}/lib-guard.sh"

NEEDS_MODULE=1

# Tools that bind functions, unmodified, on an L1 whose modprobe has our softdep: modprobe
# itself, driverctl, and DPDK's dpdk-devbind.py. What each prints of a function that is
# vetoed and of one that is not, how it ends, and what it leaves behind.
scenario_guard_tools() {
	FUNCTIONS="net-bypass net-translated"
	NEEDS_COMMANDS="driverctl dpdk-devbind.py ip modprobe depmod"

	# L0's root gets L1's modules with ours among them, and may write where driverctl does.
	install_module() {
		mkdir -p "$kernel" /run/no-modprobe.d &&
			cp "/lib/modules/$(uname -r)"/* "/host$RIG_MODULE" "$kernel/" &&
			mount --bind /run/modules /host/lib/modules &&
			mount --bind /run/no-modprobe.d /host/etc/modprobe.d &&
			mount -t tmpfs tmp /host/etc/driverctl.d &&
			on_host depmod 2>/dev/null
	}

	# The VFIO drivers in the order in which they were loaded.
	loaded() {
		awk '$1 ~ /^(vfio_pci|virtio_fixup_vfio_pci)$/ { list = $1 (list ? " " list : "") }
			END { print list }' /proc/modules
	}

	# The tool's bind was refused: how often it tried to bind is the tool's affair.
	is_vetoed() { # WORD
		same "driver" none "$(driver_of "$1")"
		same "guard" vetoed "$(fixup "$1" guard)"
		same "driver_override is left behind:" vfio-pci "$(override "$1")"
		lines=$(log_lines "$refusal" | grep -c .)
		check "the kernel log says so" [ "$lines" -gt "$lines_before" ]
		lines_before=$lines
	}

	override() { cat "/sys/bus/pci/devices/$(address "$1")/driver_override"; }
	kernel_drives() { same "$1 is still the kernel's" virtio-pci "$(driver_of "$1")"; }

	with_modprobe() {
		check "without the softdep: modprobe vfio-pci" on_host modprobe vfio-pci
		same "that loads" vfio_pci "$(loaded)"
		check "it is unloaded" on_host modprobe -r vfio-pci

		# The last lines of the file, which are a comment in it.
		conf=$RIG_REPO/packaging/modprobe.d/vfio-virtio-fixup.conf
		sed -n '/^#\tinstall /,$s/^#\t//p' "/host$conf" >/run/closed.conf
		check "as the file says: no vfio-pci without ours" \
			on_host modprobe -C /run/closed.conf vfio-pci
		same "that loads" "$RIG_DRIVER vfio_pci" "$(loaded)"
		check "they are unloaded" on_host modprobe -r vfio-pci "$RIG_DRIVER"
		mv "$kernel/$RIG_DRIVER.ko" /run/
		on_host depmod 2>/dev/null
		exits "and where ours is missing" 1 on_host modprobe -C /run/closed.conf vfio-pci
		same "that loads" nothing "$(loaded | grep . || echo nothing)"
		mv "/run/$RIG_DRIVER.ko" "$kernel/"
		on_host depmod 2>/dev/null

		check "the softdeps are installed" mount --bind "/host${conf%/*}" /host/etc/modprobe.d
		on_host modprobe -c >/run/config
		for module in vfio_pci virtio_vfio_pci hisi_acc_vfio_pci mlx5_vfio_pci \
			      nvgrace_gpu_vfio_pci pds_vfio_pci qat_vfio_pci xe_vfio_pci; do
			has "modprobe has one for $module" \
				"^softdep $module pre: $RIG_DRIVER" /run/config
		done
	}

	# One tool's command: its words are shown, its status is compared.
	run_tool() { # STATUS COMMAND...
		tool_wanted=$1
		shift
		tool_status=0
		on_host "$@" >/run/tool 2>&1 || tool_status=$?
		sed 's/^/#   /' /run/tool
		same "$*: exit status" "$tool_wanted" "$tool_status"
	}

	with_driverctl() {
		run_tool 1 driverctl set-override "$NET_BYPASS" vfio-pci
		same "driverctl had both modules loaded, ours first" \
			"$RIG_DRIVER vfio_pci" "$(loaded)"
		has "it says that it failed" "failed to bind device $NET_BYPASS to driver vfio-pci" /run/tool
		is_vetoed net-bypass
		check "nothing is saved for the next boot" [ ! -e "/host/etc/driverctl.d/pci-$NET_BYPASS" ]
		run_tool 0 driverctl unset-override "$NET_BYPASS"
		kernel_drives net-bypass
		same "driver_override" "(null)" "$(override net-bypass)"

		for driver in vfio-pci "$RIG_DRIVER"; do
			run_tool 0 driverctl set-override "$NET_TRANSLATED" "$driver"
			same "driver" "$driver" "$(driver_of net-translated)"
			same "saved for the next boot:" "$driver" \
				"$(cat "/host/etc/driverctl.d/pci-$NET_TRANSLATED")"
		done
		run_tool 0 driverctl unset-override "$NET_TRANSLATED"
		kernel_drives net-translated
	}

	# devbind_is_refused STATUS
	devbind_is_refused() {
		run_tool "$1" dpdk-devbind.py --bind=vfio-pci "$NET_BYPASS"
		has "it says that it failed" \
			"bind failed for $NET_BYPASS - Cannot bind to driver vfio-pci: .*No such device" /run/tool
		is_vetoed net-bypass
	}

	with_devbind() {
		kernel_drives net-bypass
		note "dpdk-devbind.py fails to go back to the driver before"
		devbind_is_refused 1
		note "there was no driver before, so that dpdk-devbind.py does not fail twice"
		devbind_is_refused 0
		bind net-bypass virtio-pci
		release net-bypass

		run_tool 0 dpdk-devbind.py --bind=vfio-pci "$NET_TRANSLATED"
		same "driver" vfio-pci "$(driver_of net-translated)"
		same "guard" admitted "$(fixup net-translated guard)"
		same "driver_override" "(null)" "$(override net-translated)"
	}

	l1() {
		kernel=/run/modules/$(uname -r)
		refusal="vfio-pci $NET_BYPASS: guard: not given to vfio-pci: " lines_before=0
		allow_log "$refusal" "so it should be"
		check "the module is installed" install_module
		with_modprobe
		with_driverctl
		with_devbind
	}
}

# DPDK with stock vfio-pci and the guard: testpmd, unmodified, drives a translated
# virtio-net and answers a peer. A bypassing one cannot be bound, and testpmd finds
# nothing.
scenario_guard_dpdk() {
	FUNCTIONS="net-wired net-peer net-bypass"
	NEEDS_COMMANDS=dpdk-testpmd
	L1_CMDLINE=ipv6.disable=1

	l1() {
		. /rig/lib-testpmd.sh
		check "the module is loaded before a function is bound" load_driver "$RIG_DRIVER"

		note "a translated virtio-net"
		bind net-wired vfio-pci
		same "the guard says of it" admitted "$(fixup net-wired guard)"
		does "testpmd begins" testpmd_begins "$NET_WIRED"
		does "the kernel drives the peer" peer_up
		exits "testpmd answers each ping of its peer" 0 ping -A -q -c 100 -W 20 192.0.2.2
		does "testpmd ends well" testpmd_ends
		has "it drove one port" "ports=1 " /run/testpmd.log
		check "it sent more than 100 packets (the pings, and ARP)" [ "$TESTPMD_TX" -gt 100 ]
		same "all that the peer sent, testpmd got" "$(peer_count tx)" "$TESTPMD_RX"
		same "all that testpmd sent, the peer got" "$(peer_count rx)" "$TESTPMD_TX"
		same "IOMMU faults in the log" 0 "$(log_lines 'DMAR.*fault' | grep -c .)"

		note "the translated one, on our driver, whose name DPDK does not know"
		bind net-wired "$RIG_DRIVER"
		finds_no_port "$NET_WIRED"

		note "a bypassing one"
		device=/sys/bus/pci/devices/$NET_BYPASS
		echo vfio-pci >"$device/driver_override"
		echo "$NET_BYPASS" >"$device/driver/unbind"
		on_host bash -c "echo $NET_BYPASS >/sys/bus/pci/drivers/vfio-pci/bind" 2>/run/bind
		sed 's/^/#   /' /run/bind
		has "vfio-pci cannot be bound" "No such device" /run/bind
		# testpmd would write all over L1.
		same "its driver is" none "$(driver_of net-bypass)" || return 1
		same "the guard says of it" vetoed "$(fixup net-bypass guard)"
		same "its driver_override is still" vfio-pci "$(cat "$device/driver_override")"
		expect_log 1 "vfio-pci $NET_BYPASS: guard: not given to vfio-pci: "
		finds_no_port "$NET_BYPASS"
	}

	finds_no_port() { # ADDRESS
		testpmd_begins "$1"
		testpmd_ends
		has "testpmd finds no port" "No probed ethernet devices" /run/testpmd.log
		has_not "and drives none" "ports=[1-9]" /run/testpmd.log
	}
}

# L2 by iommufd through stock vfio-pci, with the guard: a translated disk works. QEMU does
# not start with a function that is owned, nor with one that is vetoed. This takes QEMU 10,
# and the kernel that watches itself, as Debian's kernels have no iommufd.
scenario_guard_iommufd() {
	FUNCTIONS="blk-translated blk-bypass"
	NEEDS_PROGRAMS="nested/bin/vfio-hold"
	ROOT=trixie
	KERNELS='*instrumented*'
	L1_MEMORY=3072
	L2_MEMORY=768	# KASAN takes its part

	# starts_not WORD PATTERN: and QEMU says why. If it does start, it quits, and with 0.
	starts_not() {
		echo quit >/run/quit
		exits "$1: QEMU does not start" 1 in_root "$RIG_QEMU_L2" -nodefaults -display none -S \
			-monitor stdio -machine q35 -object iommufd,id=iommufd0 \
			-device "vfio-pci,host=$(address "$1"),iommufd=iommufd0" </run/quit >/run/qemu
		cat /run/qemu
		has "$1: it says why" "$2" /run/qemu
	}

	l1() {
		load_driver "$RIG_DRIVER"
		admitted blk-translated
		# Whoever has the function now has it by its character device.
		check "VFIO's group has no node" \
			rm "/dev/vfio/$(basename "$(readlink "$(device_of blk-translated)/iommu_group")")"
		run_l2 -f -t 900 blk-translated

		owned blk-bypass
		starts_not blk-bypass "error bind device fd=[0-9]* to iommufd=[0-9]*: "
		release blk-bypass
		vetoed blk-bypass
		starts_not blk-bypass "$BLK_BYPASS: .*No such file or directory"
		allow_log 'kvm: user requested TSC rate below hardware speed' "QEMU 10, and TCG as hardware"
		allow_log 'guard: ' "it says what it refuses, and what root admits"
	}

	l2() { use_disk; }

	l0() { disk_used blk-translated; }
}

# VFIO's no-IOMMU mode, which its administrator asked for: VFIO makes groups up, which
# nobody may claim. The guard names such functions, and leaves them alone.
# Debian's kernels have no such mode: this runs on the kernel that watches itself.
scenario_guard_noiommu() {
	IOMMU=none
	KERNELS='*instrumented*'
	FUNCTIONS="rng-bypass blk-bypass"
	NEEDS_PROGRAMS="nested/bin/vfio-hold"
	L1_CMDLINE="vfio.enable_unsafe_noiommu_mode=1"

	made_up_group() { basename "$(readlink "$(device_of "$1")/iommu_group")"; }

	l1() {
		load_driver vfio-pci
		same "rng-bypass is bound before the module comes" bound "$(given_to rng-bypass vfio-pci)"
		check "VFIO made a group up" [ -e "/dev/vfio/noiommu-$(made_up_group rng-bypass)" ]
		load_driver "$RIG_DRIVER"
		check "the module is there" [ -d "/sys/module/$RIG_DRIVER" ]
		same "blk-bypass is bound behind it" bound "$(given_to blk-bypass vfio-pci)"
		for word in $FUNCTIONS; do
			comes_to "$word is named in the log" 1 named "$word"
			guard_is "$word" off
		done
		release rng-bypass
		release blk-bypass
		policy rng-bypass deny
		vetoed rng-bypass
		release rng-bypass
		nothing_owned
		check "the module unloads" rmmod "$RIG_DRIVER"
		live_in_l1 rng-bypass
		allow_log ' guard: ' "it names them"
		allow_log 'vfio-noiommu|Adding kernel taint' "so VFIO says of this mode"
	}

	# named WORD: 1 if the log says that nothing guards it.
	named() { log_lines "$(address "$1"): guard: .*without an IOMMU" | grep -q . && echo 1 || echo 0; }
}
