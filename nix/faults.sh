# shellcheck shell=bash
# Tells a fault of the machine from an answer of a tool, by the table's rows: $faults, from mkFaults.nix.

# find_fault <log…>: what says that the machine, not the code, stopped a tool: how it ended and the reason,
# with a tab between them. Nothing where no line says so.
find_fault() {
  awk -F '\t' '
    NR == FNR { ended[NR] = $1; begins[NR] = $2; holds[NR] = $3; reason[NR] = $4; rows = NR; next }
    {
      for (row = 1; row <= rows; row++)
        if (index($0, begins[row]) == 1 && index($0, holds[row])) {
          print ended[row] "\t" reason[row]
          exit
        }
    }' <(printf '%s' "$faults") "$@"
}
