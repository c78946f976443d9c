{ lib }:
/**
  The word of a day on the command line of cargo-blocks.

  # Inputs

  `day`
  : `2027-01-31`, the `lastModifiedDate` of a flake (`20270131235959`), or null.

  # Outputs

  `2027-01-31`, or `unknown`: the clock of a machine that builds never says which day it is.
*/
day:
let
  form = builtins.match "([0-9]{4})-([0-9]{2})-([0-9]{2})" day;
  ofFlake = builtins.match "([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{6}" day;
  parts = if form != null then form else ofFlake;
in
if day == null then
  "unknown"
else if lib.isString day && parts != null then
  lib.concatStringsSep "-" parts
else
  throw "today wants a day such as 2027-01-31, or the lastModifiedDate of a flake, not ${builtins.toJSON day}"
