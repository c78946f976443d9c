{ lib }:
/**
  A cargo workspace, read while the flake is evaluated: from its manifests and its lock file, without
  a build and without a generated file.

  # Inputs

  `src`
  : The workspace's folder.

  `extraFiles`
  : Package name to paths from the root that the package reads outside of its folder.

  # Outputs

  `packages.<name>`
  : `folder`, `version`, `isMember`, `hasLib`, `isProcMacro`, `manifest` (with what it inherits),
    `dependencies`.

  `members`
  : The names of the workspace's members, in alphabetical order.

  `features.<name>`
  : The names of a package's features, in alphabetical order, those that optional dependencies are included.

  `library.<name>`
  : What those see of a package who need its library: for mkLibrarySource.

  `closure.<name>.{library,all}`
  : The packages here that one needs.

  `panicsAbort`
  : Whether a panic aborts by the dev profile; in tests it unwinds, so that cargo has crates twice.

  `tree { whole, libraries, built, compiles } { reads, texts, packaged, withoutTests, onlyManifests, apart }`
  : A part of the workspace that cargo builds as it builds the whole; see tree.nix.

  `holds { reads, texts, words }`
  : Whether one of these texts, at the root or in the folder of a member, or one of the files that are read holds one of
    the words.

  `everything [ file ]`
  : All files of it where one of these is there or none is named, and none otherwise; see everything.nix.
*/
{
  src,
  extraFiles ? { },
}:
let
  paths = import ./workspace/paths.nix { inherit lib; };
  root = lib.importTOML (src + "/Cargo.toml");
  lock = import ./workspace/lock.nix { inherit lib; } (lib.importTOML (src + "/Cargo.lock"));
  found = import ./workspace/packages.nix { inherit lib paths; } { inherit src root; };
  inherit (found) packages;
  closure = import ./workspace/closure.nix { inherit lib; } packages;
  # With what they need themselves.
  patched = lib.unique (lib.concatMap (name: [ name ] ++ closure.${name}.library) found.patched);
  manifests = import ./workspace/manifests.nix { inherit lib; } root;
  toToml = import ./workspace/toml.nix { inherit lib; };
  workspace = {
    inherit library;
    inherit
      extraFiles
      lock
      packages
      patched
      root
      src
      ;
    files = import ./workspace/files.nix { inherit lib paths; } { inherit packages src; };
    asking = import ./workspace/features-package.nix { inherit lib; } { inherit lock packages; };
  };
  # What those see of a package who need its library.
  library = lib.mapAttrs (name: package: {
    inherit package;
    files = workspace.files.${name}.code;
    manifest = builtins.toFile "Cargo.toml" (toToml (manifests.library package));
    # Whether its folder holds all that its code reads, and no other package, so that one link stands for it. A
    # build script may look beside it, where it is.
    isClosed =
      package.folder != ""
      && !package.hasBuildScript
      && workspace.files.${name}.codeIncludes == [ ]
      && (extraFiles.${name} or [ ]) == [ ]
      && !(lib.any (other: lib.hasPrefix "${package.folder}/" other.folder) (lib.attrValues packages));
    # Its manifest where it is whole, but for its tests.
    ownManifest = builtins.toFile "Cargo.toml" (toToml (manifests.withoutTests package));
  }) packages;
in
{
  inherit closure library packages;
  panicsAbort = (root.profile.dev.panic or "unwind") == "abort";
  features = lib.mapAttrs (_: import ./workspace/feature-names.nix { inherit lib; }) packages;
  members = lib.filter (name: packages.${name}.isMember) (lib.attrNames packages);
  tree = import ./workspace/tree.nix { inherit lib paths; } workspace;
  holds = import ./workspace/holds.nix { inherit lib paths; } { inherit packages src; };
  everything = import ./workspace/everything.nix { inherit lib paths; } src;
  asking = workspace.asking;
}
