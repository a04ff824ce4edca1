# SPDX-License-Identifier: GPL-2.0
#
# phases.awk - differences between runs, as phases.
#
# Reads what cut-trace.awk prints. Prints, with blanks between:
#	phase TYPE PLACE FIRMWARE DRIVER PHASE READS WRITES
#	offset TYPE PLACE FIRMWARE DRIVER PHASE OFFSET READS WRITES
# Exit 1: a run is missing.

BEGIN {
	# PHASE = RUN minus RUN
	phases = split("bind open vmm firmware kernel sum reset lspci", phase)
	run["bind"] = "bind"
	run["open"] = "open"
	run["vmm"] = "held"; minus["vmm"] = "open"
	run["firmware"] = "nopci"; minus["firmware"] = "held"
	run["kernel"] = "boot"; minus["kernel"] = "nopci"
	run["sum"] = "boot"
	run["reset"] = "reset2"; minus["reset"] = "reset1"
	run["lspci"] = "lspci"; minus["lspci"] = "boot"
}
{ key = $1 " " $2 " " $3 " " $4 }
$6 == "resets" { resets[key, $5] = $8; next }
!(key in known) {
	known[key] = 1
	row[++rows] = key
}
{
	count[key, $5, $6, $7] = $8
	offset[$7] = 1
}

function hex(text,    i, value) {
	text = tolower(substr(text, 3))
	for (i = 1; i <= length(text); i++)
		value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
	return value + 0
}
function sort_offsets(    at, i) {
	for (at in offset) {
		if (at == "all")
			continue
		for (i = ++offsets; i > 1 && hex(sorted[i - 1]) > hex(at); i--)
			sorted[i] = sorted[i - 1]
		sorted[i] = at
	}
}

# What the row's run saw.
function seen(step, kind, at) {
	if (!((key, step, kind, "all") in count)) {
		print "phases.awk: no count of " key " " step > "/dev/stderr"
		failed = 1
	}
	return count[key, step, kind, at] + 0
}
function difference(name, kind, at) {
	return seen(run[name], kind, at) - \
		(name in minus ? seen(minus[name], kind, at) : 0)
}
# Only some rows have these.
function has(name) {
	return (name != "reset" && name != "lspci") || (key, run[name], "r", "all") in count
}

END {
	sort_offsets()
	for (r = 1; r <= rows; r++) {
		key = row[r]
		for (p = 1; p <= phases; p++) {
			if (!has(phase[p]))
				continue
			reads[phase[p]] = difference(phase[p], "r", "all")
			writes[phase[p]] = difference(phase[p], "w", "all")
			print "phase", key, phase[p], reads[phase[p]], writes[phase[p]]
			for (o = 1; o <= offsets; o++) {
				at = sorted[o]
				nr = difference(phase[p], "r", at)
				nw = difference(phase[p], "w", at)
				if (nr || nw)
					print "offset", key, phase[p], at, nr, nw
			}
		}
		# What the core does itself: its open and close, and its part in
		# each reset the VMM asked for. The rest the guest's VMM, firmware
		# and kernel asked for.
		n = has("reset") ? resets[key, "boot"] : 0
		core_r = reads["open"] + n * (n ? reads["reset"] : 0)
		core_w = writes["open"] + n * (n ? writes["reset"] : 0)
		print "phase", key, "core", core_r, core_w
		print "phase", key, "guest", reads["sum"] - core_r, writes["sum"] - core_w
	}
	exit failed
}
