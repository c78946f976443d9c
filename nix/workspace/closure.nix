# The packages here that one needs, itself not included: for a build of its library (`library`) or of
# everything in it (`all`, with what its tests and examples need), by name in alphabetical order.
{ lib }:
packages:
let
  needed =
    kinds: name:
    map (dependency: dependency.local) (
      lib.filter (
        dependency: dependency.local != null && lib.elem dependency.kind kinds
      ) packages.${name}.dependencies
    );
  libraryKinds = [
    "normal"
    "build"
  ];
  from =
    name: start:
    lib.filter (other: other != name) (
      lib.sort lib.lessThan (
        map (it: it.key) (
          builtins.genericClosure {
            startSet = map (key: { inherit key; }) start;
            operator = { key }: map (key: { inherit key; }) (needed libraryKinds key);
          }
        )
      )
    );
in
lib.mapAttrs (name: _: {
  library = from name (needed libraryKinds name);
  all = from name (needed (libraryKinds ++ [ "dev" ]) name);
}) packages
