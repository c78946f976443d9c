{ functions, lib }:
/**
  A function that says in words what is wrong with its arguments, and where they are explained.

  # Inputs

  `name`
  : Its name, as options.toml has it in `of`.

  `function`
  : The function of a set.

  # Example

  ```nix
  mkPipeline { inherit pkgs; src = ./.; buildInput = [ ]; }
  => error: mkPipeline has no argument `buildInput`; did you mean `buildInputs`?
  ```
*/
name: function: arguments:
let
  explain = functions.explainArguments name;
  why = explain.names arguments;
  refused = why: throw "${why} (the arguments are explained in nix/options.toml of Blocks)";
  # Only what is used is looked at, so that nothing is evaluated for the sake of its type.
  checked =
    given: value:
    let
      why = explain.value given value;
    in
    if why == null then value else refused why;
in
if why == null then function (lib.mapAttrs checked arguments) else refused why
