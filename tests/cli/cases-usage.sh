# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2016,SC2206
#
# The command line itself: help, version, every way to get it wrong.

run_case help --help
run_case version -V
for command in list show explain measure bind unbind policy describe; do
	run_case "help-$command" $command --help
done
run_case no-command
run_case no-such-command frobnicate
run_case no-such-option list --frobnicate
run_case option-without-value list -F
run_case json-alone --json
run_case too-many-arguments list 01:00.0
run_case too-few-arguments explain
run_case dump-cannot-be-bound bind -F "$DATA/hostile.lspci" 01:00.0
run_case dump-cannot-be-measured measure -F "$DATA/hostile.lspci" 01:00.0
run_case measure-nothing measure
run_case force-does-not-measure measure --force 01:00.0
run_case dump-has-no-policy policy -F "$DATA/hostile.lspci" 01:00.0
run_case dump-and-sysfs list -F "$DATA/hostile.lspci" --sysfs sys
run_case force-does-not-apply --force show 01:00.0
run_case driver-does-not-apply unbind --driver vfio-pci 01:00.0
run_case all-does-not-apply show --all
run_case driver-with-slash bind --driver ../x 01:00.0
run_case driver-like-option bind --driver=-r 01:00.0
run_case describe-nothing describe
run_case describe-all-and-one describe --all 01:00.0
run_case no-sysfs list --sysfs nowhere
run_case dump-missing list -F nowhere.lspci
dump dump-empty empty.lspci list
dump dump-not-a-dump not-a-dump.lspci list
for text in frob 1:2 01:00.8 01:20.0 01:00.0x 0000:01:00.0.0 -1:00.0 '' \
	    $'01:00.0\x1b[31m'; do
	number=$((${number:-0} + 1))
	live "bad-address-$number" show -- "$text"
done

# Options before, after and between.
dump option-order-1 qemu-q35-root-ports.lspci --json show 01:00.0
run_case option-order-2 show 01:00.0 -F "$DATA/qemu-q35-root-ports.lspci" --json

# What cannot be written must not look done.
if [ -e /dev/full ]; then
	prepare='printf "#!/bin/sh\nexec \"%s\" \"\$@\" > /dev/full\n" "$CLI" > full
		chmod +x full
		CLI=$PWD/full'
	live output-full list
fi
