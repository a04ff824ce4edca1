# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# initramfs.sh - builds the initramfs images of L1 and L2.
#
# Sourced by l1 (on L0). Each guest gets two archives, one after the other: a
# base (busybox and kernel modules, kept between runs) and a small one for this
# run (init, libraries, scenario, environment, the project's programs). Neither
# needs root: there are no device nodes in them, init mounts devtmpfs.

# Modules a guest wants, with what they need resolved through modules.dep. A
# name that is built into the kernel costs nothing; one behind a "?" may be
# missing (6.1 and 6.12 of Debian differ).
# shellcheck disable=SC2034 # read by name, RIG_MODULES_$level
RIG_MODULES_L1="virtio_pci virtio_blk virtio_net virtio-rng virtio_balloon
	virtio_scsi 9p 9pnet_virtio vfio vfio_iommu_type1 vfio-pci irqbypass
	kvm kvm-amd ?kvm-intel ?virtio-iommu ?pci-pf-stub ?pci-stub"
# shellcheck disable=SC2034
RIG_MODULES_L2="virtio_pci virtio_blk virtio_net virtio-rng virtio_balloon
	virtio_scsi ?virtio-iommu"
# L2 where a scenario sets L2_DRIVER.
# shellcheck disable=SC2034
RIG_MODULES_L2_DRIVER="$RIG_MODULES_L2 vfio vfio_iommu_type1 vfio-pci irqbypass"

rig_die() { echo "l1: $*" >&2; exit 1; }

# module_name FILE: kernel/drivers/vfio/vfio-pci.ko.xz -> vfio_pci
module_name() {
	local name=${1##*/}

	name=${name%%.ko*}
	echo "${name//-/_}"
}

# resolve_modules TREE MODULE...: files below TREE, those needed first.
resolve_modules() {
	local tree=$1
	shift

	# modules.dep lists what a module needs from right to left.
	awk -v wanted="$*" '
	function plain(file) {
		sub(/.*\//, "", file)
		sub(/\.ko.*/, "", file)
		gsub(/-/, "_", file)
		return file
	}
	function need(file,    list, i, n) {
		if (file in done)
			return
		done[file] = 1
		n = split(deps[file], list, " ")
		for (i = n; i >= 1; i--)
			need(list[i])
		print file
	}
	FILENAME ~ /modules.builtin$/ { builtin[plain($1)] = 1; next }
	{
		file = $1
		sub(/:$/, "", file)
		byname[plain(file)] = file
		$1 = ""
		deps[file] = $0
	}
	END {
		n = split(wanted, names, /[ \t\n]+/)
		for (i = 1; i <= n; i++) {
			name = names[i]
			maybe = sub(/^\?/, "", name)
			gsub(/-/, "_", name)
			if (name == "" || name in builtin)
				continue
			if (name in byname) {
				need(byname[name])
			} else if (!maybe) {
				print "no module " name > "/dev/stderr"
				bad = 1
			}
		}
		exit bad
	}' "$tree/modules.builtin" "$tree/modules.dep"
}

# copy_program ROOT FILE TO: a program and the libraries ldd names.
copy_program() {
	local root=$1 file=$2 to=$3 lib

	mkdir -p "$root/${to%/*}"
	cp "$file" "$root/$to"
	chmod 755 "$root/$to"
	# ldd fails for a static program: nothing more to copy then.
	ldd "$file" 2>/dev/null | grep -oE '/[^ ]+' | while read -r lib; do
		mkdir -p "$root/${lib%/*}"
		cp -L "$lib" "$root/$lib"
	done || true
}

pack() {
	(cd "$1" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0) >"$2.$$"
	mv "$2.$$" "$2"
}

# base_initramfs LEVEL KERNEL_DIR RELEASE OUTPUT: build it unless it is newer
# than all it is made from.
base_initramfs() {
	local level=$1 tree=$2/lib/modules/$3 rel=$3 output=$4
	local self=${BASH_SOURCE[0]} root wanted files file to dir

	local busybox
	busybox=$(command -v busybox) ||
		rig_die "busybox is missing, run: apt-get install busybox-static"
	if [ "$output" -nt "$self" ] && [ "$output" -nt "$busybox" ] &&
	   [ "$output" -nt "$tree/modules.dep" ]; then
		return 0
	fi

	root=$(mktemp -d "$output.XXXXXX")
	mkdir -p "$root"/{bin,dev,proc,sys,host,run,tmp,rig,"lib/modules/$rel"}
	copy_program "$root" "$busybox" bin/busybox
	for file in $("$busybox" --list); do
		[ "$file" = busybox ] || ln -s busybox "$root/bin/$file"
	done

	wanted=RIG_MODULES_$level
	# shellcheck disable=SC2086 # a list of words
	files=$(resolve_modules "$tree" ${!wanted}) ||
		rig_die "kernel $rel lacks modules the rig needs"
	dir=$root/lib/modules/$rel
	for file in $files; do
		to=$dir/$(module_name "$file").ko
		case $file in
		*.ko) cp "$tree/$file" "$to" ;;
		*.ko.xz) xz -dc "$tree/$file" >"$to" ;;
		*.ko.zst) zstd -qdc "$tree/$file" >"$to" ;;
		*.ko.gz) gzip -dc "$tree/$file" >"$to" ;;
		*) rig_die "do not know how to unpack $file" ;;
		esac
	done
	# busybox modprobe reads this one file; names are flat in the guest.
	awk 'NR == FNR { keep[$1 ":"] = 1; next }
	$1 in keep {
		for (i = 1; i <= NF; i++) {
			colon = sub(/:$/, "", $i)
			sub(/.*\//, "", $i)
			sub(/\.ko.*/, ".ko", $i)
			gsub(/-/, "_", $i)
			printf "%s%s%s", $i, colon ? ":" : "", i < NF ? " " : "\n"
		}
	}' <(echo "$files") "$tree/modules.dep" >"$dir/modules.dep"
	cp "$tree/modules.builtin" "$dir/"

	pack "$root" "$output"
	rm -rf "$root"
}

# run_initramfs INIT SCENARIO ENVIRONMENT OUTPUT [PROGRAM...]: the archive of one
# run. Programs land in /bin.
run_initramfs() {
	local here=${BASH_SOURCE[0]%/*} init=$1 scenario=$2 env=$3 output=$4
	local root file
	shift 4

	root=$(mktemp -d "$output.XXXXXX")
	mkdir -p "$root/rig" "$root/bin"
	cp "$here/$init" "$root/init"
	chmod 755 "$root/init"
	cp "$here"/lib-*.sh "$here/dmesg-allow" "$root/rig/"
	cp "$scenario" "$root/rig/scenario.sh"
	cp "$env" "$root/rig/env"
	for file; do
		copy_program "$root" "$file" "bin/${file##*/}"
		# Neither modules nor scripts.
		[[ $file == *.ko ]] || strip "$root/bin/${file##*/}" 2>/dev/null || :
	done
	pack "$root" "$output"
	rm -rf "$root"
}
