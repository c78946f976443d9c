{ lib }:
/**
  The limits of benchmarks' own, of `performance.limits`: `[ { member; benchmark; threshold; measure; } ]`. That no two
  say something of the same is for cargo-blocks to say.

  # Inputs

  `file`
  : The name that errors show.

  `access`
  : Typed access to the file (yaml/access.nix).
*/
{ access, file }:
let
  inherit (access) fail sectionOf;
  node = (sectionOf "performance").limits or { value = [ ]; };
  aMap = "with member, benchmark and threshold";
  entries =
    if lib.isList node.value then
      node.value
    else
      fail node "performance.limits" "a list of maps ${aMap}";

  isText = pattern: value: lib.isString value && builtins.match pattern value != null;
  isNumber = value: lib.isInt value || builtins.isFloat value;
  forms = {
    member = {
      accepts = isText ".*[^ ].*";
      wants = "the name of a package";
    };
    benchmark = {
      accepts = isText "[^ *]|[^ *][^*]*[^ *]|([^ *][^*]*)?[*]";
      wants = "the name of a benchmark, or the beginning of names and a `*`";
    };
    threshold = {
      accepts = value: isNumber value && value >= 0 && value <= 1000;
      wants = "a number from 0 to 1000";
    };
    measure = {
      accepts = isText "instructions|time";
      wants = "instructions or time";
      default.value = "instructions";
    };
  };

  read =
    at: entry:
    let
      path = "performance.limits[${toString at}]";
      missing = name: throw "${file}:${toString entry.line}: ${path} has no `${name}`";
      field =
        name: form:
        let
          found = entry.value.${name} or form.default or (missing name);
        in
        if form.accepts found.value then found.value else fail found "${path}.${name}" form.wants;
    in
    if lib.isAttrs entry.value then lib.mapAttrs field forms else fail entry path "a map ${aMap}";
in
lib.imap0 read entries
