# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
# Policy physical, for drivers in L2 that know nothing of bit 33. Three real ones:
# a small driver that never acks it (old-driver), SeaBIOS, and Linux, which would
# ack it and is not offered it. The function insists on the ack, and has it from us.
# Under policy auto the first of them is kept from going live.

FUNCTIONS="blk-translated"
NEEDS_MODULE=1
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
