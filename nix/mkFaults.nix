{ lib }:
/**
  The table's faults as faults.sh reads them: a row a line, its fields by tabs.

  # Inputs

  `table`
  : The table, as readStages gives it.
*/
table:
lib.concatMapStrings (
  fault: "${fault.ended}\t${fault.begins}\t${fault.holds}\t${fault.reason}\n"
) table.faults
