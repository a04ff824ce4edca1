# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# L2 has a function, and uses it.
. "${here:-/rig}/lib-disk.sh"
. "${here:-/rig}/lib-measure.sh"

NEEDS_MODULE=1

# The main job: a translated function through our driver. L2 reads the
# description before any virtio driver knows the function, then Linux
# negotiates bit 33, reads and writes; checksums are compared with L0's image.
scenario_fixup_l2_boots() {
	FUNCTIONS="blk-translated"
	NEEDS_PROGRAMS="vfio-virtio-fixup"
	TRACE=virtio_set_status

	l1() {
		bind blk-translated virtio_fixup_vfio_pci
		same "admitted" 1 "$(fixup blk-translated admitted)"
		# virtio-pci is built into 6.12 and would take the function before init
		# runs; in this first L2 it never registers.
		run_l2 -r describe -a initcall_blacklist=virtio_pci_driver_init \
			blk-translated
		run_l2 -r use_disk blk-translated
		# An operator takes a counter that moves as an L2 that tries.
		for counter in /sys/bus/pci/devices/"$BLK_TRANSLATED"/virtio_fixup/refused_*; do
			same "QEMU and a Linux that keeps the rules leave ${counter##*/}" 0 \
				"$(cat "$counter")"
		done
	}

	describe() {
		same "no driver has the function" none "$(l2_driver)"
		check "describe succeeds" vfio-virtio-fixup describe "$L2_FUNCTION"
		vfio-virtio-fixup describe "$L2_FUNCTION" | sed 's/^/#   /'
	}

	l0() { disk_used blk-translated; }
}

# L2 through stock vfio-pci, with the guard: a translated disk is admitted and works as
# it does without a guard. QEMU has no device to open for one that bypasses.
scenario_guard_l2_boots() {
	FUNCTIONS="blk-translated blk-bypass"

	l1() {
		load_driver "$RIG_DRIVER"
		bind blk-translated vfio-pci
		same "guard" admitted "$(fixup blk-translated guard)"
		run_l2 blk-translated

		release blk-bypass
		echo vfio-pci >/sys/bus/pci/devices/"$BLK_BYPASS"/driver_override
		echo "$BLK_BYPASS" 2>/dev/null >/sys/bus/pci/drivers_probe
		same "guard" vetoed "$(fixup blk-bypass guard)"
		# If it does start, it quits, and with 0.
		echo quit >/run/quit
		exits "QEMU does not start" 1 in_root "$RIG_QEMU_L2" -nodefaults -display none -S \
			-monitor stdio -machine q35 -device "vfio-pci,host=$BLK_BYPASS" </run/quit >/run/qemu
		cat /run/qemu
		# QEMU 7.2 and 10.0 word it differently.
		has "as the function has no VFIO device" \
			"vfio $BLK_BYPASS: .*open '?/dev/vfio/[0-9]+'?: No such file or directory" /run/qemu
		expect_log 1 "guard: not given to vfio-pci: its DMA was measured to bypass the IOMMU"
	}

	l2() { use_disk; }

	l0() { disk_used blk-translated; }
}

# L2 with an IOMMU of its own on top of our driver: the indicator is what makes
# L2's driver use it.
scenario_fixup_l2_iommu() {
	FUNCTIONS="blk-translated"

	l1() {
		bind blk-translated virtio_fixup_vfio_pci
		run_l2 -i blk-translated
	}

	l2() {
		check "the driver loads" l2_load virtio_blk
		check "the function is in an IOMMU group of L2" \
			[ -e "$L2_SYSFS/iommu_group" ]
		same "bit 33 is acked" 1 "$(l2_acked 33)"
		tell read "$(l2_whole_disk)"
	}

	l0() {
		same "L2 read what L0 put on the disk" "$(image_before blk-translated)" \
			"$(told read)"
	}
}

# A translated virtio-net through our driver: L2 pings the gateway and fetches
# a file over UDP; both directions of both queues.
scenario_fixup_net() {
	FUNCTIONS="net-translated"

	l1() {
		bind net-translated virtio_fixup_vfio_pci
		run_l2 net-translated
	}

	l2() {
		check "the driver loads" l2_load virtio_net
		same "bit 33 is acked" 1 "$(l2_acked 33)"
		ip addr add 10.0.2.15/24 dev eth0
		ip link set eth0 up
		check "L2 pings the gateway" ping -c 3 -W 20 10.0.2.2
		check "L2 fetches 64 KiB over UDP" \
			tftp -g -r pattern -l /run/fetched 10.0.2.2
		tell fetched "$(sha256sum </run/fetched | cut -d ' ' -f 1)"
	}

	l0() {
		same "the file arrived whole" \
			"$(sha256sum <"$run/tftp/pattern" | cut -d ' ' -f 1)" "$(told fetched)"
	}
}

# Firmware in L2 boots from the disk through our driver, also with a BAR above
# 4 GiB, where SeaBIOS reaches it through the PCI_CFG window alone.
scenario_fixup_seabios_boot() {
	FUNCTIONS="blk-translated"
	TRACE=virtio_set_status

	l1() {
		bind blk-translated virtio_fixup_vfio_pci
		run_l2 -d blk-translated
		booted_from blk-translated
		run_l2 -d -q "-device pci-testdev,membar=8G" blk-translated
		booted_from blk-translated
	}
}

# Policy physical, for drivers in L2 that know nothing of bit 33. Three real ones:
# a small driver that never acks it (old-driver), SeaBIOS, and Linux, which would
# ack it and is not offered it. The function insists on the ack, and has it from us.
# Under policy auto the first of them is kept from going live.
scenario_fixup_physical() {
	FUNCTIONS="blk-translated"
	NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/old-driver nested/bin/dma-path"

	l1() {
		bind blk-translated virtio_fixup_vfio_pci
		same "the view is at first" platform "$(fixup blk-translated view)"
		run_l2 -r kept_out -a initcall_blacklist=virtio_pci_driver_init blk-translated
		same "refusals of features_ok" 1 "$(fixup blk-translated refused_features_ok)"

		check "the policy is set" vfio-virtio-fixup policy "$(address blk-translated)" physical
		same "the view is then" physical "$(fixup blk-translated view)"
		run_l2 -r old -a initcall_blacklist=virtio_pci_driver_init blk-translated
		run_l2 -d blk-translated && booted_from blk-translated
		run_l2 -r linux blk-translated
		exits "a VFIO user that never acks: its DMA is translated" 0 \
			dma-path -u "$(address blk-translated)"
		same "refusals of features_ok, still" 1 "$(fixup blk-translated refused_features_ok)"
	}

	kept_out() {
		exits "the old driver is kept from going live" 13 \
			old-driver "$L2_FUNCTION" 4096 "by the old driver "
	}

	old() {
		exits "the old driver works" 0 old-driver "$L2_FUNCTION" 4096 "by the old driver " \
			>/run/old
		cat /run/old
		has "it read what L0 put on the disk" "READ disk blk-translated sector 00000001" /run/old
		vfio-virtio-fixup describe "$L2_FUNCTION" >/run/described
		has "the description says what is shown" "view: physical" /run/described
	}

	linux() {
		check "the driver loads" l2_load virtio_blk
		same "bit 33 is acked" 0 "$(l2_acked 33)"
		same "bit 32 is acked" 1 "$(l2_acked 32)"
		same "the device is live" 0x0000000f "$(l2_status)"
		tell read "$(l2_sha256 0 2048)"
		check "L2 writes 64 KiB" l2_write "written by L2" 2048 128
		tell written "$(l2_sha256 2048 128)"
	}

	l0() {
		same "L2 read what is on the disk" "$(image_sha256 blk-translated 0 2048)" "$(told read)"
		same "L0 finds what L2 wrote" "$(image_sha256 blk-translated 2048 128)" \
			"$(told written)"
		same "L0 finds what the old driver wrote" "by the old driver by the old driver" \
			"$(dd if="$run/blk-translated.img" bs=512 skip=4096 count=1 status=none | head -c 35)"
	}
}

# Policy unsafe: the administrator's word opens a function that bypasses. It
# takes a capability, it leaves a mark on the kernel, and L2 is told the truth.
scenario_fixup_unsafe() {
	FUNCTIONS="rng-bypass"
	NEEDS_PROGRAMS="nested/bin/dma-canary vfio-virtio-fixup"

	# Bit 6 of the taint mask: TAINT_USER.
	tainted_by_user() { echo $(($(cat /proc/sys/kernel/tainted) >> 6 & 1)); }

	l1() {
		bind rng-bypass virtio_fixup_vfio_pci
		same "verdict" bypass "$(fixup rng-bypass verdict)"
		check "the policy is set" vfio-virtio-fixup policy "$(address rng-bypass)" unsafe
		same "tainted by that" 0 "$(tainted_by_user)"

		exits "without CAP_SYS_RAWIO it is not opened" 3 chroot /host /usr/bin/setpriv \
			--bounding-set=-sys_rawio "$RIG_REPO/build/nested/bin/dma-canary" \
			"$(address rng-bypass)"
		same "tainted by the attempt" 0 "$(tainted_by_user)"
		expect_log 1 "open refused: policy unsafe needs CAP_SYS_RAWIO"

		# No firmware and no driver of this L2 touches a virtio-rng.
		run_l2 -r truth -a initcall_blacklist=virtio_pci_driver_init rng-bypass
		same "tainted by the open" 1 "$(tainted_by_user)"
		expect_log 1 "opened by policy unsafe"
	}

	truth() {
		vfio-virtio-fixup describe "$L2_FUNCTION" >/run/described
		sed 's/^/#   /' /run/described
		has "L2 reads that it bypasses" "state: bypass" /run/described
		has "and that no IOMMU could help" "ability: no" /run/described
	}
}
