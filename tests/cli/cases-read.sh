# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2016,SC2206
#
# What only reads: list, show, explain, describe, and policy without a word.

for name in qemu-q35-root-ports firecracker-guest hostile truncated description; do
	dump "dump-list-$name" $name.lspci list
done
dump dump-list-json firecracker-guest.lspci list --json
dump dump-show qemu-q35-root-ports.lspci show 01:00.0 03:00.0 00:06.0
dump dump-show-hostile hostile.lspci show 01:00.0 02:00.0 03:00.0 04:00.0 05:00.0 06:00.0 \
	07:00.0 08:00.0 0a:00.0 0b:00.0
dump dump-show-shared-page firecracker-guest.lspci show 00:02.0
dump dump-show-ivshmem hostile.lspci show 09:00.0
dump dump-show-partly hostile.lspci show 01:00.0 09:00.0
dump dump-explain-modern qemu-q35-root-ports.lspci explain 01:00.0
dump dump-explain-transitional qemu-q35-root-ports.lspci explain 03:00.0
dump dump-explain-legacy hostile.lspci explain 0b:00.0
dump dump-explain-balloon firecracker-guest.lspci explain 00:01.0
dump dump-explain-looping hostile.lspci explain 01:00.0
dump dump-explain-truncated truncated.lspci explain 01:00.0
dump dump-explain-json qemu-q35-root-ports.lspci explain 01:00.0 --json
dump dump-describe description.lspci describe --all
dump dump-describe-json description.lspci describe --json 01:00.0 07:00.0
dump dump-describe-truncated truncated.lspci describe --all
dump dump-describe-cut truncated.lspci describe 01:00.0
dump dump-describe-hostile hostile.lspci describe --all

live live-list list
live live-list-json list --json
prepare='rm -r sys/bus/pci/devices/*'
live live-list-empty list
prepare='rm -r sys/bus/pci/devices/*'
live live-list-empty-json list --json
live live-show-ours show 02:00.0
live live-show-refused show 0000:01:00.0
live live-show-not-bound show 06:00.0
live live-show-domain show 0001:07:00.0
live live-show-not-there show 0f:00.0
live live-show-other-domain show 07:00.0
live live-show-not-virtio show 00:1f.2
live live-show-partly show 01:00.0 0f:00.0 00:1f.2
live live-show-json show 01:00.0 02:00.0 --json
live live-explain-refused explain 01:00.0
live live-explain-admitted explain 02:00.0
live live-explain-not-bound explain 06:00.0
live live-explain-no-group explain 00:06.0
live live-explain-not-there explain 0f:00.0
prepare='printf "deny\n" > $BUS/devices/0000:0a:00.0/virtio_fixup/policy
	add_facts 0000:0a:00.0 policy=deny admitted=0 "reason=policy deny" \
		"remedy=set another policy" view=none'
live live-explain-denied explain 0a:00.0
prepare='add_facts 0000:0a:00.0 "measured=translated bypass" verdict=bypass basis=measured \
	measured_time=1763807696 measured_usecs=2711 \
	admitted=0 "reason=its DMA was measured to bypass the IOMMU" "remedy=have it mended" \
	view=none "contradictions=offers-but-bypasses described-but-bypasses brand-new "'
live live-explain-measured explain 0a:00.0
prepare='add_facts 0000:0a:00.0 "${found_bypass[@]}" \
	"contradictions=offers-but-bypasses described-but-bypasses translated-but-hides"'
live live-show-measured show 0a:00.0
prepare='add_facts 0000:0a:00.0 "${found_bypass[@]}"'
live live-list-measured-json list --json
prepare='add_facts 0000:0a:00.0 "measured_reason=its IOMMU group is in use"'
live live-explain-not-measured explain 0a:00.0
prepare='add_facts 0000:0a:00.0 "measured_reason=what it offers has changed since it was measured" \
	measured_usecs=1834'
live live-show-void show 0a:00.0
prepare='add_facts 0000:0a:00.0 "${found_silence[@]}" \
	"measured_reason=no harmless request is known for its device type"'
live live-explain-silent explain 0a:00.0
prepare='add_facts 0000:0a:00.0 "${found_translated[@]}" measured_time=-1 measured_usecs=1e3
	rm $BUS/devices/0000:0a:00.0/virtio_fixup/measured_reason'
live live-show-hostile-time show 0a:00.0
prepare='add_facts 0000:0a:00.0 "${found_translated[@]}" measured_time=9223372036854775807 \
	measured_usecs=99999999999999999999'
live live-explain-hostile-time explain 0a:00.0

# What the platform has for it.
prepare='set_firmware IVRS; set_iommu 0000:0a:00.0 ivhd0 identity'
live platform-amd show 0a:00.0
prepare='set_firmware IVRS; set_iommu 0000:0a:00.0 ivhd0 identity'
live platform-amd-explain explain 0a:00.0
prepare='set_firmware VIOT; set_iommu 0000:0a:00.0 virtio3 DMA
	add_facts 0000:0a:00.0 "${found_bypass[@]}"'
live platform-virtio-explain explain 0a:00.0
prepare='rm -r sys/firmware; mkdir -p sys/firmware/devicetree/base
	set_iommu 0000:0a:00.0 smmu3.0x0000000009050000 DMA-FQ'
live platform-device-tree show 0a:00.0
prepare='set_firmware DMAR VIOT; mkdir -p sys/firmware/devicetree/base
	set_iommu 0000:0a:00.0 virtio3 DMA; rm $BUS/devices/0000:0a:00.0/iommu_group/type'
live platform-two-json show 0a:00.0 --json
prepare='set_firmware; set_iommu 0000:0a:00.0 exotic7 DMA
	add_facts 0000:0a:00.0 "${found_bypass[@]}"'
live platform-unknown-kind show 0a:00.0
prepare='set_firmware DSDT'
live platform-none show 00:06.0
live platform-switched-off explain 00:06.0
prepare='ln -sfn "$(printf "../x\033[31m%%s")" $BUS/devices/0000:0a:00.0/iommu
	printf "a\033[2J%%n\n" > $BUS/devices/0000:0a:00.0/iommu_group/type
	add_facts 0000:0a:00.0 "${found_bypass[@]}"'
live platform-hostile show 0a:00.0
prepare='add_facts 0000:0a:00.0 offered=0 "measured=translated silent" verdict=translated \
	basis=measured "reason=its DMA was measured to be translated" \
	contradictions=translated-but-hides view=physical'
live live-explain-hides explain 0a:00.0
prepare='add_facts 0000:0a:00.0 offered=0 verdict=bypass policy=unsafe view=bypass \
	"reason=policy unsafe"'
live live-explain-unsafe explain 0a:00.0
prepare='add_function 0000:0a:00.1 "$DATA/qemu-q35-root-ports.lspci" 04:00.0 virtio-pci 10'
live live-explain-sibling explain 0a:00.0
# Files that are missing, too long, or not text.
prepare='dir=$BUS/devices/0000:0a:00.0/virtio_fixup
	rm $dir/verdict $dir/measured $dir/refused_opens
	printf "2\n" > $dir/admitted
	printf "a\033[2Jb\rc\xffd\x9b\n" > $dir/reason
	head -c 100000 /dev/zero | tr "\0" x > $dir/remedy
	head -c 9000 /dev/zero > $dir/view
	printf "%%s%%n\n" > $dir/policy
	printf "18446744073709551615\n" > $dir/refused_features_ok
	printf "12abc\n" > $dir/refused_partial'
live live-show-hostile-files show 0a:00.0
prepare='printf "a\033[2Jb\n" > $BUS/devices/0000:0a:00.0/virtio_fixup/verdict'
live live-explain-hostile-files explain 0a:00.0
prepare='ln -sfn "$(printf "../x\033[31my")" $BUS/devices/0000:06:00.0/driver'
live live-list-hostile-driver list
prepare='rm -r $BUS/devices/0000:0a:00.0/virtio_fixup'
live live-show-no-files show 0a:00.0
# The common configuration outside its BAR.
prepare='sed -i "5s/.*/0x00000000fe800000 0x00000000fe800fff 0x000000000014220c/" \
		$BUS/devices/0000:0a:00.0/resource
	set_bytes $BUS/devices/0000:0a:00.0/config 0x8d 40'
live live-show-outside-bar show 0a:00.0
prepare='set_bytes $BUS/devices/0000:0a:00.0/config 0x85 b4'
live live-show-looping show 0a:00.0

live live-describe-not-described describe 06:00.0
live live-describe-bound-here describe 01:00.0
live live-describe-not-virtio describe 00:1f.2
in_l2='config_of $DATA/description.lspci 02:00.0 > $BUS/devices/0001:07:00.0/config'
prepare=$in_l2
live live-describe-found describe 0001:07:00.0
prepare=$in_l2
live live-describe-json describe 0001:07:00.0 --json
prepare=$in_l2
live live-describe-all describe --all
# In a guest what counts is what its host says.
guest='add_function 0000:00:07.0 "$DATA/description.lspci" 02:00.0 virtio-pci - virtio-pci'
prepare=$guest
live guest-explain explain 00:07.0
prepare=$guest
live guest-explain-json explain 00:07.0 --json
prepare=$guest
live guest-list list
prepare=$guest
live guest-show show 00:07.0
prepare='config_of $DATA/description.lspci 02:00.0 > $BUS/devices/0000:06:00.0/config'
live guest-explain-group explain 06:00.0
# A host of its own as well: then what its own driver says leads.
prepare='config_of $DATA/description.lspci 02:00.0 > $BUS/devices/0000:0a:00.0/config'
live guest-explain-bound explain 0a:00.0
prepare='add_function 0000:00:07.0 "$DATA/description.lspci" 03:00.0 - - virtio-pci'
live guest-explain-bypass explain 00:07.0
for function in 01:00.0 07:00.0; do
	dump "guest-dump-explain-${function%%:*}" description.lspci explain $function
done
prepare='for f in $BUS/devices/*/config; do truncate -s 64 $f; done' settings=(FAKE_EUID=1000)
live live-describe-not-root describe 02:00.0
prepare='for f in $BUS/devices/*/config; do truncate -s 64 $f; done' settings=(FAKE_EUID=1000)
live live-explain-not-root explain 06:00.0
prepare='for f in $BUS/devices/*/config; do truncate -s 64 $f; done' settings=(FAKE_EUID=1000)
live live-list-not-root list
prepare='truncate -s 100 $BUS/devices/0000:02:00.0/config'
live live-describe-truncated describe 02:00.0
prepare='truncate -s 0 $BUS/devices/0000:02:00.0/config'
live live-describe-empty describe 02:00.0
prepare='rm $BUS/devices/0000:02:00.0/config'
live live-show-no-config show 02:00.0

policy_file=$BUS/devices/0000:02:00.0/virtio_fixup/policy
live policy-read policy 02:00.0
live policy-read-json policy 02:00.0 --json
watch=$BUS/devices/0000:0a:00.0/virtio_fixup/policy
live policy-set policy 0a:00.0 vouched
watch=$policy_file
live policy-set-open policy 02:00.0 strict
watch=$policy_file
live policy-set-json policy 02:00.0 deny --json
watch=$policy_file
live policy-unknown policy 02:00.0 Auto
live policy-not-ours policy 06:00.0 deny
live policy-not-there policy 0f:00.0
watch=$policy_file settings=(FAKE_WRITE_FAILS=virtio_fixup/policy:1)
live policy-locked-down policy 02:00.0 unsafe
settings=(FAKE_WRITE_FAILS=virtio_fixup/policy:13 FAKE_EUID=1000)
live policy-not-root policy 02:00.0 deny
settings=(FAKE_WRITE_FAILS=virtio_fixup/policy:22)
live policy-too-new policy 02:00.0 strict
settings=(FAKE_WRITE_FAILS=virtio_fixup/policy:5)
live policy-error policy 02:00.0 auto
