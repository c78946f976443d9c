{ lib }:
/**
  The tests of `test.quarantine`: `[ { test; issue; until; } ]`. That each is there once, and that the calendar has
  the day, is for cargo-blocks to say.

  # Inputs

  `file`
  : The name that errors show.

  `access`
  : Typed access to the file (yaml/access.nix).
*/
{ access, file }:
let
  inherit (access) fail sectionOf;
  node = (sectionOf "test").quarantine or { value = [ ]; };
  entries =
    if lib.isList node.value then
      node.value
    else
      fail node "test.quarantine" "a list of maps with test, issue and until";

  forms = {
    test = {
      pattern = "[^ ]+ [^ ](.*[^ ])?";
      wants = "the id of a binary, a blank, and the name of a test";
    };
    issue = {
      pattern = "https://[^/ ]+/[^ ]+|([A-Za-z0-9._-]+/[A-Za-z0-9._-]+)?#[1-9][0-9]*";
      wants = "`https://…`, `owner/repository#12`, or `\"#12\"` in quotes";
    };
    until = {
      pattern = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
      wants = "a day as YYYY-MM-DD, such as 2027-01-31";
    };
  };

  read =
    at: entry:
    let
      path = "test.quarantine[${toString at}]";
      field =
        name:
        { pattern, wants }:
        let
          found = entry.value.${name} or (throw "${file}:${toString entry.line}: ${path} has no `${name}`");
          isOne = lib.isString found.value && builtins.match pattern found.value != null;
        in
        if isOne then found.value else fail found "${path}.${name}" wants;
    in
    if lib.isAttrs entry.value then
      lib.mapAttrs field forms
    else
      fail entry path "a map with test, issue and until";
in
lib.imap0 read entries
