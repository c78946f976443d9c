# Functions, warnings and versions.
_lib: rec {
  inherit (builtins)
    isAttrs
    isBool
    isInt
    isList
    isString
    lessThan
    ;

  # The nixpkgs release that this set stands for.
  version = "26.05";

  id = value: value;
  flip =
    function: left: right:
    function right left;
  fix =
    function:
    let
      value = function value;
    in
    value;
  isFunction =
    value:
    builtins.isFunction value
    || (builtins.isAttrs value && builtins.isFunction (value.__functor or null));

  warn = message: builtins.trace "warning: ${message}";
  warnIf = condition: message: if condition then warn message else id;
  throwIf = condition: message: if condition then throw message else id;
  throwIfNot = condition: throwIf (!condition);
  assertMsg = condition: message: condition || throw message;
  importJSON = path: builtins.fromJSON (builtins.readFile path);
  importTOML = path: builtins.fromTOML (builtins.readFile path);
}
