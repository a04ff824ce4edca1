# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2016,SC2206
#
# measure: what it writes, what it tells, every way it can end.

measure_file=$BUS/devices/0000:0a:00.0/virtio_fixup/measure

watch=$measure_file prepare='after_measuring 0000:0a:00.0 "${found_translated[@]}"'
live measure-admitted measure 0a:00.0
watch=$measure_file prepare='after_measuring 0000:0a:00.0 "${found_translated[@]}"'
live measure-json measure 0a:00.0 --json
prepare='after_measuring 0000:0a:00.0 "${found_bypass[@]}"'
live measure-refused measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 "${found_bypass[@]}"'
live measure-refused-json measure 0a:00.0 --json
prepare='after_measuring 0000:0a:00.0 "${found_bypass[@]}" offered=1 "measured=translated bypass" \
	"contradictions=offers-but-bypasses described-but-bypasses brand-new"'
live measure-contradictions measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 offered=0 "measured=translated not-run" verdict=translated \
	basis=measured measured_time=1763807696 measured_usecs=7 \
	"reason=its DMA was measured to be translated" contradictions=translated-but-hides'
live measure-hides measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 "${found_silence[@]}" \
	"measured_reason=no harmless request is known for its device type"'
live measure-silent measure 0a:00.0
prepare='add_facts 0000:0a:00.0 "${bypassing[@]}"
	after_measuring 0000:0a:00.0 "${found_silence[@]}" "measured=silent not-run"'
live measure-silent-refused measure 0a:00.0
prepare='add_facts 0000:0a:00.0 policy=deny admitted=0 "reason=policy deny" \
		"remedy=set another policy" view=none
	after_measuring 0000:0a:00.0 "measured=bypass translated" measured_time=1763807696 \
		measured_usecs=1834 basis=measured'
live measure-denied measure 0a:00.0
# A kernel that reacts to nothing at all.
watch=$measure_file settings=(LD_PRELOAD=)
live measure-no-reaction measure 0a:00.0

# It fails.
settings=(FAKE_WRITE_FAILS=virtio_fixup/measure:16)
live measure-in-use measure 02:00.0
settings=(FAKE_WRITE_FAILS=virtio_fixup/measure:16)
live measure-in-use-json measure 02:00.0 --json
settings=(FAKE_WRITE_FAILS=virtio_fixup/measure:16)
live measure-group-in-use measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 errno=95 \
	"measured_reason=0000:0a:00.1 of its IOMMU group has no driver: bind it to a VFIO driver first"'
live measure-not-trusted measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 errno=95 "measured_reason=its DMA is not cache coherent"'
live measure-not-trusted-json measure 0a:00.0 --json
settings=(FAKE_WRITE_FAILS=virtio_fixup/measure:95)
live measure-no-reason measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 errno=5 "measured_reason=it does not finish a reset"'
live measure-no-reset measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 errno=5 "measured_reason=it does not finish a reset" \
	verdict=unknown basis=none admitted=0 view=none \
	"reason=it could not be stopped and may still do DMA for the user that left" \
	"remedy=reset it from sysfs and bind it again"'
live measure-unstoppable measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 errno=12 "measured_reason=no memory for it"'
live measure-no-memory measure 0a:00.0
settings=(FAKE_WRITE_FAILS=virtio_fixup/measure:13 FAKE_EUID=1000)
live measure-not-root measure 0a:00.0
prepare='rm $BUS/devices/0000:0a:00.0/virtio_fixup/measure'
live measure-old-module measure 0a:00.0
prepare='after_measuring 0000:0a:00.0 errno=95 "measured_reason=$(printf "a\033[2Jb%%s%%n")"'
live measure-hostile-reason measure 0a:00.0

# Not ours, and several.
live measure-not-ours measure 06:00.0
live measure-no-driver measure 0001:07:00.0
live measure-not-there measure 0f:00.0
live measure-not-virtio measure 00:1f.2
prepare='after_measuring 0000:0a:00.0 "${found_translated[@]}"
	after_measuring 0000:01:00.0 "${found_bypass[@]}"'
live measure-several measure 0a:00.0 01:00.0
prepare='after_measuring 0000:0a:00.0 "${found_translated[@]}"'
live measure-partly measure 0a:00.0 06:00.0
prepare='after_measuring 0000:01:00.0 "${found_bypass[@]}"; after_measuring 0000:0a:00.0 errno=16'
live measure-partly-json measure 01:00.0 0a:00.0 0f:00.0 --json
settings=(FAKE_WRITE_FAILS=virtio_fixup/measure:16)
live measure-all-fail-unlike measure 02:00.0 06:00.0
