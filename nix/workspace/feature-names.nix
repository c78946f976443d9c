# The names of a package's features. An optional dependency is one of its own name, unless a feature calls it by `dep:`.
{ lib }:
package:
let
  written = package.manifest.features or { };
  words = lib.concatLists (lib.attrValues written);
  optional = lib.filter (
    dependency: dependency.optional && !(lib.elem "dep:${dependency.key}" words)
  ) package.dependencies;
in
lib.sort lib.lessThan (
  lib.unique (lib.attrNames written ++ map (dependency: dependency.key) optional)
)
