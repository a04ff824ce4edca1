# SPDX-License-Identifier: GPL-2.0-only
#
# metrics: all virtio functions as numbers.

=== live-metrics
# The functions of the fake system, one of them measured.
$ add_facts 0000:0a:00.0 "${found_bypass[@]}" refused_window=2
$ fixup metrics | tee metrics
  # HELP vfio_virtio_fixup_functions Virtio functions that are alike in these labels.
  # TYPE vfio_virtio_fixup_functions gauge
  vfio_virtio_fixup_functions{type="9p",driver="virtio-pci",guarded="host",verdict="bypass",basis="platform"} 1
  vfio_virtio_fixup_functions{type="blk",driver="virtio_fixup_vfio_pci",guarded="guarded",verdict="bypass",basis="declared"} 1
  vfio_virtio_fixup_functions{type="blk",driver="virtio_fixup_vfio_pci",guarded="guarded",verdict="conditional",basis="declared"} 1
  vfio_virtio_fixup_functions{type="rng",driver="virtio-pci",guarded="host",verdict="unknown",basis="none"} 1
  vfio_virtio_fixup_functions{type="net",driver="virtio-pci",guarded="host",verdict="unknown",basis="none"} 2
  vfio_virtio_fixup_functions{type="blk",driver="virtio-pci",guarded="host",verdict="unknown",basis="none"} 3
  vfio_virtio_fixup_functions{type="blk",driver="virtio_fixup_vfio_pci",guarded="guarded",verdict="bypass",basis="measured"} 1
  vfio_virtio_fixup_functions{type="blk",driver="none",guarded="host",verdict="conditional",basis="declared"} 1
  # HELP vfio_virtio_fixup_function_info Always 1. A virtio function, and what is known of it.
  # TYPE vfio_virtio_fixup_function_info gauge
  vfio_virtio_fixup_function_info{address="0000:00:06.0",type="9p",driver="virtio-pci",guarded="host",verdict="bypass",basis="platform",identity="transitional",guard="unknown",policy="unknown",admitted="no"} 1
  vfio_virtio_fixup_function_info{address="0000:01:00.0",type="blk",driver="virtio_fixup_vfio_pci",guarded="guarded",verdict="bypass",basis="declared",identity="modern",guard="unknown",policy="auto",admitted="no"} 1
  vfio_virtio_fixup_function_info{address="0000:02:00.0",type="blk",driver="virtio_fixup_vfio_pci",guarded="guarded",verdict="conditional",basis="declared",identity="modern",guard="unknown",policy="auto",admitted="yes"} 1
  vfio_virtio_fixup_function_info{address="0000:03:00.0",type="rng",driver="virtio-pci",guarded="host",verdict="unknown",basis="none",identity="transitional",guard="unknown",policy="unknown",admitted="unknown"} 1
  vfio_virtio_fixup_function_info{address="0000:04:00.0",type="net",driver="virtio-pci",guarded="host",verdict="unknown",basis="none",identity="modern",guard="unknown",policy="unknown",admitted="unknown"} 1
  vfio_virtio_fixup_function_info{address="0000:05:00.0",type="blk",driver="virtio-pci",guarded="host",verdict="unknown",basis="none",identity="transitional",guard="unknown",policy="unknown",admitted="unknown"} 1
  vfio_virtio_fixup_function_info{address="0000:06:00.0",type="blk",driver="virtio-pci",guarded="host",verdict="unknown",basis="none",identity="modern",guard="unknown",policy="unknown",admitted="unknown"} 1
  vfio_virtio_fixup_function_info{address="0000:06:00.1",type="net",driver="virtio-pci",guarded="host",verdict="unknown",basis="none",identity="modern",guard="unknown",policy="unknown",admitted="unknown"} 1
  vfio_virtio_fixup_function_info{address="0000:08:00.0",type="blk",driver="virtio-pci",guarded="host",verdict="unknown",basis="none",identity="modern",guard="unknown",policy="unknown",admitted="unknown"} 1
  vfio_virtio_fixup_function_info{address="0000:0a:00.0",type="blk",driver="virtio_fixup_vfio_pci",guarded="guarded",verdict="bypass",basis="measured",identity="modern",guard="unknown",policy="auto",admitted="no"} 1
  vfio_virtio_fixup_function_info{address="0001:07:00.0",type="blk",driver="none",guarded="host",verdict="conditional",basis="declared",identity="modern",guard="unknown",policy="auto",admitted="unknown"} 1
  # HELP vfio_virtio_fixup_function_open 1 while a VFIO user has the function open.
  # TYPE vfio_virtio_fixup_function_open gauge
  vfio_virtio_fixup_function_open{address="0000:01:00.0"} 0
  vfio_virtio_fixup_function_open{address="0000:02:00.0"} 1
  vfio_virtio_fixup_function_open{address="0000:0a:00.0"} 0
  # HELP vfio_virtio_fixup_measured_timestamp_seconds When the outcome that counts was seen last. Its age is time() minus this.
  # TYPE vfio_virtio_fixup_measured_timestamp_seconds gauge
  vfio_virtio_fixup_measured_timestamp_seconds{address="0000:0a:00.0"} 1763807696
  # HELP vfio_virtio_fixup_refusals_total What was refused to users of the function since it was first bound.
  # TYPE vfio_virtio_fixup_refusals_total counter
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="opens"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="binds"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="features_ok"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="driver_ok"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="queue_enable"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="absent_queue"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="late_features"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="status_clear"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="in_reset"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="partial"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="undeclared"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="window"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="mmap"} 0
  vfio_virtio_fixup_refusals_total{address="0000:01:00.0",refusal="request"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="opens"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="binds"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="features_ok"} 3
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="driver_ok"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="queue_enable"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="absent_queue"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="late_features"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="status_clear"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="in_reset"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="partial"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="undeclared"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="window"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="mmap"} 0
  vfio_virtio_fixup_refusals_total{address="0000:02:00.0",refusal="request"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="opens"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="binds"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="features_ok"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="driver_ok"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="queue_enable"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="absent_queue"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="late_features"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="status_clear"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="in_reset"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="partial"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="undeclared"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="window"} 2
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="mmap"} 0
  vfio_virtio_fixup_refusals_total{address="0000:0a:00.0",refusal="request"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="opens"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="binds"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="features_ok"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="driver_ok"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="queue_enable"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="absent_queue"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="late_features"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="status_clear"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="in_reset"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="partial"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="undeclared"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="window"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="mmap"} 0
  vfio_virtio_fixup_refusals_total{address="0001:07:00.0",refusal="request"} 0
$ grep -v '^#' metrics | sed 's/{.*//' | sort | uniq -c
       11 vfio_virtio_fixup_function_info
        3 vfio_virtio_fixup_function_open
        8 vfio_virtio_fixup_functions
        1 vfio_virtio_fixup_measured_timestamp_seconds
       56 vfio_virtio_fixup_refusals_total

=== live-metrics-unguarded
# What an alert asks for.
$ ln -sfn ../../drivers/vfio-pci $BUS/devices/0000:03:00.0/driver
$ fixup metrics | grep '_functions{.*guarded="unguarded"'
  vfio_virtio_fixup_functions{type="rng",driver="vfio-pci",guarded="unguarded",verdict="unknown",basis="none"} 1

=== live-metrics-hostile-driver
# A driver's name cannot end a label or a line.
$ ln -sfn "$(printf "../x\n\"y\\\\z")" $BUS/devices/0000:06:00.0/driver
$ fixup metrics | grep 'function_info{address="0000:06:00.0"'
  vfio_virtio_fixup_function_info{address="0000:06:00.0",type="blk",driver="x?\"y\\z",guarded="host",verdict="unknown",basis="none",identity="modern",guard="unknown",policy="unknown",admitted="unknown"} 1

=== live-metrics-output
# A file is replaced as a whole: whoever has the old one open still reads the old one.
$ mkdir textfile
$ echo old > textfile/virtio.prom
$ exec 4< textfile/virtio.prom
$ fixup metrics --output textfile/virtio.prom
$ cat <&4
  old
$ exec 4<&-
$ fixup metrics | diff - textfile/virtio.prom
$ (umask 027; fixup metrics --output textfile/virtio.prom; stat -c %a textfile/virtio.prom)
  644
$ ls -A textfile
  virtio.prom
$ mkdir tëxt
$ fixup metrics --output tëxt/virtio.prom && ls -A tëxt
  virtio.prom
$ cd tëxt && fixup --sysfs ../sys metrics --output new.prom && ls -A && cd ..
  new.prom
  virtio.prom

=== live-metrics-output-not-written
# What cannot be written leaves nothing behind.
$ mkdir -p textfile/virtio.prom
$ fixup metrics --output textfile/virtio.prom
! vfio-virtio-fixup: textfile/virtio.prom: cannot be written: Is a directory
[1]
$ fixup metrics --output none/virtio.prom
! vfio-virtio-fixup: none/virtio.prom: cannot be written: No such file or directory
[1]
$ ls -A textfile
  virtio.prom

=== live-metrics-empty
# A system without a virtio function.
$ rm -r sys/bus/pci/devices/*
$ fixup metrics

=== live-metrics-nfd
# For Kubernetes.
$ fixup metrics --nfd --output feature
$ cat feature
  feature.node.kubernetes.io/vfio-virtio-fixup.functions=11
  feature.node.kubernetes.io/vfio-virtio-fixup.unguarded=0
  feature.node.kubernetes.io/vfio-virtio-fixup.admitted.blk=2
# Each line is a label of Kubernetes: PREFIX/NAME=VALUE.
$ grep -cE '^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]+/[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?=[0-9]+$' feature
  3

=== live-metrics-json
# It has a form of its own.
$ fixup metrics --json
! vfio-virtio-fixup: metrics: takes no --json; list --json has the same data
[2]

=== dump-metrics
# A dump does not show what a driver knows.
$ vfio-virtio-fixup -F data/transitional-memory-bar0.lspci metrics
  # HELP vfio_virtio_fixup_functions Virtio functions that are alike in these labels.
  # TYPE vfio_virtio_fixup_functions gauge
  vfio_virtio_fixup_functions{type="net",driver="unknown",guarded="unknown",verdict="unknown",basis="none"} 1
  # HELP vfio_virtio_fixup_function_info Always 1. A virtio function, and what is known of it.
  # TYPE vfio_virtio_fixup_function_info gauge
  vfio_virtio_fixup_function_info{address="0000:82:00.1",type="net",driver="unknown",guarded="unknown",verdict="unknown",basis="none",identity="transitional",guard="unknown",policy="unknown",admitted="unknown"} 1
$ vfio-virtio-fixup -F data/transitional-memory-bar0.lspci metrics --nfd
! vfio-virtio-fixup: metrics: --nfd is for this machine: a dump does not show who has a function
[2]

=== live-monitor-elsewhere
# monitor, its other way to watch, is for this machine.
$ fixup monitor
! vfio-virtio-fixup: monitor: is for this machine: a tree of files sends no events
[2]
$ fixup monitor --json
! vfio-virtio-fixup: monitor: is for this machine: a tree of files sends no events
[2]
