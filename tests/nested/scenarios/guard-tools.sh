# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2034,SC2154
# Tools that bind functions, unmodified, on an L1 whose modprobe has our softdep: modprobe
# itself, driverctl, and DPDK's dpdk-devbind.py. What each prints of a function that is
# vetoed and of one that is not, how it ends, and what it leaves behind.

FUNCTIONS="net-bypass net-translated"
NEEDS_MODULE=1
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
