# SPDX-License-Identifier: GPL-2.0
#
# svg.awk - a bar chart of the reads by phase, a pair of bars a configuration.
#
# usage: awk -f svg.awk words.tsv results.tsv
#
# It has a background of its own, so that it can stand on a light or dark page.

BEGIN {
	FS = "[ \t]"
	stock = "vfio-pci"
	ours = "virtio_fixup_vfio_pci"
	phases = split("open vmm firmware kernel", phase)
	text["open"] = "open and close"; colour["open"] = "#9aa5b1"
	text["vmm"] = "VMM start"; colour["vmm"] = "#2f6fb2"
	text["firmware"] = "firmware"; colour["firmware"] = "#e0912f"
	text["kernel"] = "guest kernel and its driver"; colour["kernel"] = "#3f9a6b"
	name["port"] = "behind a root port"; name["root"] = "on the root bus"
	name["seabios"] = "SeaBIOS"; name["ovmf"] = "OVMF"
	left = 280		# where bars begin
	room = 520		# for the longest
	bar = 15		# height of one
}
FNR == NR {
	at = index($0, "\t")
	word[substr($0, 1, at - 1)] = substr($0, at + 1)
	next
}
$1 == "phase" {
	config = $2 " " $3 " " $4
	if (!(config in known)) {
		known[config] = 1
		list[++configs] = config
	}
	reads[config, $5, $6] = $7
	if ($6 == "sum" && $7 > most)
		most = $7
}

function say(x, y, class, what) {
	printf "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n", x, y, class, what
}
function bars(y, config, driver,    p, x, wide, sum) {
	x = left
	for (p = 1; p <= phases; p++) {
		wide = reads[config, driver, phase[p]] * room / most
		if (wide <= 0)
			continue
		printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%s: %d</title></rect>\n", \
			x, y, wide, bar, colour[phase[p]], text[phase[p]], reads[config, driver, phase[p]]
		x += wide
	}
	sum = reads[config, driver, "sum"]
	say(left - 8, y + bar - 3, "end small", driver)
	say(x + 6, y + bar - 3, "small", sum (driver == ours && reads[config, stock, "sum"] ? \
		sprintf(" (%.0f %%)", 100 * sum / reads[config, stock, "sum"]) : ""))
}

END {
	sub(/ .*/, "", word["QEMU"])
	high = 110 + configs * 68 + 40
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 %d\" font-family=\"sans-serif\" font-size=\"13\">\n", high
	print "<style>text{fill:#20262d}.small{font-size:11.5px}.grey{fill:#66707a;font-size:11px}.end{text-anchor:end}.mid{text-anchor:middle}.bold{font-weight:bold;font-size:15px}</style>"
	printf "<rect x=\"0.5\" y=\"0.5\" width=\"899\" height=\"%d\" rx=\"8\" fill=\"#ffffff\" stroke=\"#d0d5da\"/>\n", high - 1
	say(24, 32, "bold", "Configuration space reads that reach the function, by phase")
	x = 24
	for (p = 1; p <= phases; p++) {
		printf "<rect x=\"%d\" y=\"48\" width=\"12\" height=\"12\" fill=\"%s\"/>\n", x, colour[phase[p]]
		say(x + 18, 59, "small", text[phase[p]])
		x += 42 + 6.5 * length(text[phase[p]])
	}

	top = 84
	bottom = top + configs * 68
	step = most > 1200 ? 500 : most > 500 ? 200 : 100
	for (value = 0; value <= most; value += step) {
		x = left + value * room / most
		printf "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e3e7ea\"/>\n", x, top, x, bottom
		say(x, bottom + 16, "grey mid", value)
	}
	for (c = 1; c <= configs; c++) {
		split(list[c], part, " ")
		y = top + (c - 1) * 68
		say(24, y + 14, "", "virtio-" part[1] " " name[part[2]] ", " name[part[3]])
		bars(y + 21, list[c], stock)
		bars(y + 21 + bar + 4, list[c], ours)
	}
	say(24, high - 14, "grey", "Counted by L0 from the first open to the last close of one L2. " \
		"QEMU " word["QEMU"] ", L1 and L2: Linux " word["kernel of L1 and L2"] ".")
	print "</svg>"
}
