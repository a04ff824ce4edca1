# SPDX-License-Identifier: GPL-2.0
#
# json.awk - the results as JSON.
#
# usage: awk -f json.awk words.tsv results.tsv

function quoted(text) {
	gsub(/["\\]/, "\\\\&", text)
	return "\"" text "\""
}
FNR == NR {
	at = index($0, "\t")
	words = words ",\n  " quoted(substr($0, 1, at - 1)) ": " quoted(substr($0, at + 1))
	next
}
$1 == "phase" || $1 == "offset" {
	config = $2 " " $3 " " $4 " " $5
	if (!(config in known)) {
		known[config] = 1
		list[++configs] = config
	}
}
$1 == "phase" {
	phase[config] = phase[config] (phase[config] == "" ? "" : ", ") \
		quoted($6) ": {\"reads\": " $7 ", \"writes\": " $8 "}"
}
$1 == "offset" {
	if (!((config, $6) in offset))
		of[config] = of[config] " " $6
	offset[config, $6] = offset[config, $6] \
		(offset[config, $6] == "" ? "" : ", ") \
		quoted($7) ": [" $8 ", " $9 "]"
}
$1 == "requests" || $1 == "median" || $1 == "memory" {
	split($0, w, "\t")
	value[w[1]] = value[w[1]] (value[w[1]] == "" ? "" : ",") "\n    " \
		quoted(w[2]) ": {\"vfio-pci\": " w[3] ", \"virtio_fixup_vfio_pci\": " w[4] \
		(w[1] == "median" ? ", \"vfio-pci range\": [" w[5] ", " w[6] \
		"], \"virtio_fixup_vfio_pci range\": [" w[7] ", " w[8] "]" : "") "}"
}
$1 == "many" {
	split($0, w, "\t")
	value["many"] = value["many"] (value["many"] == "" ? "" : ",") "\n    " quoted(w[2]) \
		": {\"ms range\": [" w[3] ", " w[4] "], \"reads\": " w[5] ", \"writes\": " w[6] "}"
}

END {
	print "{" substr(words, 2) ","
	print "  \"config_accesses\": ["
	for (c = 1; c <= configs; c++) {
		split(list[c], part, " ")
		printf "    {\"function\": \"virtio-%s\", \"place\": \"%s\", \"firmware\": \"%s\", \"driver\": \"%s\",\n", \
			part[1], part[2] == "root" ? "root bus" : "root port", part[3], part[4]
		printf "     \"phases\": {%s},\n     \"reads_writes_by_offset\": {", phase[list[c]]
		n = split(of[list[c]], p, " ")
		for (i = 1; i <= n; i++)
			printf "%s\n       %s: {%s}", (i > 1 ? "," : ""), quoted(p[i]), offset[list[c], p[i]]
		printf "}}%s\n", (c < configs ? "," : "")
	}
	printf "  ]"
	for (name in value)
		printf ",\n  %s: {%s\n  }", quoted(name == "requests" ? "accesses_per_request" : name == "median" ? "medians" : name == "many" ? "64_functions" : "memory_bytes"), value[name]
	print "\n}"
}
