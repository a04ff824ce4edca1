# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC1091,SC2034,SC2154,SC2317
# Who is refused, what he is told, and what the function sees of it.
. "${here:-/rig}/lib-guard.sh"
. "${here:-/rig}/lib-monitor.sh"

NEEDS_MODULE=1

# Our driver binds a function that bypasses, says what it found, and refuses to
# open it: memory untouched, one line in the log.
scenario_fixup_refuses_bypass() {
	FUNCTIONS="blk-bypass blk-translated"
	NEEDS_PROGRAMS="nested/bin/dma-canary vfio-virtio-fixup"

	l1() {
		bind blk-bypass virtio_fixup_vfio_pci
		same "verdict" bypass "$(fixup blk-bypass verdict)"
		check "basis is declared or measured" \
			expr "$(fixup blk-bypass basis)" : '\(declared\|measured\)$'
		same "admitted" 0 "$(fixup blk-bypass admitted)"
		check "there is a reason" [ -n "$(fixup blk-bypass reason)" ]
		note "reason: $(fixup blk-bypass reason)"

		exits "opening is refused" 3 dma-canary "$(address blk-bypass)" \
			>/run/canary
		cat /run/canary
		has "with EPERM, by VFIO_GROUP_GET_DEVICE_FD" \
			"REFUSED: VFIO_GROUP_GET_DEVICE_FD: .*\(errno 1\)" /run/canary
		has_not "and no memory was overwritten" OVERWRITTEN /run/canary
		expect_log 1 "$(address blk-bypass): open refused"

		exits "explain says so" 3 vfio-virtio-fixup explain "$(address blk-bypass)" \
			>/run/explain
		cat /run/explain
		has "explain names the fix" "iommu_platform=on,disable-legacy=on" /run/explain

		bind blk-translated virtio_fixup_vfio_pci
		check "a translated function beside it is admitted" \
			[ "$(fixup blk-translated admitted)" = 1 ]
		release blk-bypass
		same "after release the driver is" none "$(driver_of blk-bypass)"
	}
}

# What stock-bypass-overwrites shows, with our module loaded: vfio-pci cannot be bound to
# a function that bypasses, so its user cannot open it. Memory untouched, one line in the
# log, and nothing left behind.
scenario_guard_refuses_bypass() {
	FUNCTIONS="blk-bypass"
	NEEDS_PROGRAMS="nested/bin/dma-canary vfio-virtio-fixup"

	l1() {
		check "the module is loaded before vfio-pci" load_driver "$RIG_DRIVER"
		check "vfio-pci is loaded" load_driver vfio-pci
		device=/sys/bus/pci/devices/$BLK_BYPASS
		echo "$BLK_BYPASS" >"$device/driver/unbind"
		echo vfio-pci >"$device/driver_override"
		on_host bash -c "echo $BLK_BYPASS >/sys/bus/pci/drivers/vfio-pci/bind" 2>/run/bind
		sed 's/^/#   /' /run/bind
		has "vfio-pci fails to bind to blk-bypass ($BLK_BYPASS)" "No such device" /run/bind
		same "its driver" none "$(driver_of blk-bypass)"
		same "guard" vetoed "$(fixup blk-bypass guard)"
		expect_log 1 "$BLK_BYPASS: guard: not given to vfio-pci: "

		exits "opening fails" 3 dma-canary "$BLK_BYPASS" >/run/canary
		cat /run/canary
		has_not "and no memory was overwritten" OVERWRITTEN /run/canary

		exits "explain says so" 3 vfio-virtio-fixup explain "$BLK_BYPASS" >/run/explain
		cat /run/explain
		has "explain names the fix" "iommu_platform=on,disable-legacy=on" /run/explain

		same "driver_override is what it was" vfio-pci "$(cat "$device/driver_override")"
		bind blk-bypass virtio-pci
	}
}

# A user of our driver who does not ack bit 33 never makes the function live.
# L0's trace is the proof: between the two marks of ack-withheld no status
# write that reached the device has DRIVER_OK. Meanwhile the tool's monitor tells root
# what happens, and however often something is refused, once.
scenario_fixup_ack_withheld() {
	FUNCTIONS="rng-translated blk-translated"
	NEEDS_PROGRAMS="vfio-virtio-fixup nested/bin/ack-withheld"
	TRACE=virtio_set_status

	l1() {
		tracing=/sys/kernel/tracing
		mount -t tracefs none "$tracing"
		monitor_begin /run/told
		monitor_begin /run/told.json --json
		for word in $FUNCTIONS; do
			bind "$word" virtio_fixup_vfio_pci
			echo 1 >"$tracing"/events/virtio_fixup/enable
			exits "$word never goes live without the ack" 0 \
				ack-withheld "$(address "$word")"
			traced "$word" "virtio_fixup_open: ADDRESS .*error=0 reason=\"its DMA was"
			traced "$word" "virtio_fixup_was_reset: ADDRESS kind=close error=0"
			for rule in features_ok driver_ok queue_enable; do
				same "$word: refusals of $rule in the trace" \
					"$(fixup "$word" "refused_$rule")" \
					"$(grep -c "refused: $(address "$word") rule=$rule " "$tracing"/trace)"
			done
			check "$word: more than one FEATURES_OK was refused" \
				[ "$(fixup "$word" refused_features_ok)" -gt 1 ]
		done
		# What has happened is told.
		comes_to "the last of the lines" 1 grep -c \
			"$(address blk-translated) refused: queue_enable: " /run/told
		sed 's/^/#   /' /run/told
		monitors_end INT
		for word in $FUNCTIONS; do
			monitor_told /run/told "$word" 1 "bound: VFIO may open it: its DMA was"
			monitor_told /run/told "$word" 1 "evidence: measured, .*: its verdict is translated (measured)"
			monitor_told /run/told "$word" 1 "open: a user has it open: its DMA was"
			monitor_told /run/told "$word" 1 "refused: features_ok: .*(VIRTIO_F_ACCESS_PLATFORM); to do: if this guest has no IOMMU of its own, policy physical lets it in"
			monitor_told /run/told "$word" 1 "refused: driver_ok: "
			monitor_told /run/told "$word" 1 "refused: queue_enable: "
		done
		same "lines of both monitors" "$(grep -c . /run/told)" "$(grep -c . /run/told.json)"
		same "objects with all keys, in a line each" "$(grep -c . /run/told)" \
			"$(grep -c '^{"time": ".*Z", "address": "0000:.*", "event": ".*", .*"meaning": ".*"}$' /run/told.json)"
	}

	# traced WORD REGEX: the trace has such an event of that function.
	traced() { has "$1 is traced" "$(echo "$2" | sed "s/ADDRESS/$(address "$1")/")" "$tracing"/trace; }

	l0() {
		same "functions with both marks in L0's trace" 2 \
			"$(status_between_marks 128 | grep -c '^end')"
		same "status writes with DRIVER_OK between the marks" 0 \
			"$(status_between_marks 128 | awk '$1 == "write" && int($3 / 4) % 2' | wc -l)"
		note "status bytes the devices saw: $(status_between_marks 128 |
			awk '$1 == "write" { printf "%d ", $3 }')"
		check "the device saw the attempts at all" \
			[ "$(status_between_marks 128 | grep -c '^write')" -gt 4 ]
	}
}
