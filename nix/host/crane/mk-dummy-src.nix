# mkDummySrc <src>: the workspace with its manifests and its lock file as they are, and a stub in the
# place of every source file that is the root of a target. An edit to code leaves it as it is.
{ pkgs }:
src:
let
  inherit (pkgs) lib;
  root = if src._isLibCleanSourceWith or false then src.origSrc else src;
  keep = if src._isLibCleanSourceWith or false then src.filter else (_: _: true);
  prefix = "${toString root}/";

  # Paths relative to the root of all files that the source keeps.
  walk =
    folder:
    lib.concatLists (
      lib.mapAttrsToList (
        name: type:
        let
          path = "${folder}${name}";
        in
        if !(keep path type) then
          [ ]
        else if type == "directory" then
          walk "${path}/"
        else
          [ (lib.removePrefix prefix path) ]
      ) (builtins.readDir folder)
    );
  files = walk prefix;

  isManifest =
    path:
    builtins.elem (baseNameOf path) [
      "Cargo.toml"
      "Cargo.lock"
    ]
    || builtins.match "(.*/)?\\.cargo/config(\\.toml)?" path != null;

  # Roots by convention: cargo looks at no other file to find targets. build.rs too: a build
  # script's own dependencies are compiled for it.
  byConvention =
    path:
    builtins.match "(.*/)?(src/(lib|main)|build|src/bin/[^/]+|src/bin/[^/]+/main|(tests|benches|examples)/[^/]+|(tests|benches|examples)/[^/]+/main)\\.rs" path
    != null;

  # Roots that a manifest names.
  named = builtins.concatMap (
    manifest:
    let
      toml = builtins.fromTOML (builtins.readFile (root + "/${manifest}"));
      folder = lib.removeSuffix "Cargo.toml" manifest;
      targets = [
        (toml.lib or { })
      ]
      ++ builtins.concatMap (kind: toml.${kind} or [ ]) [
        "bin"
        "test"
        "bench"
        "example"
      ];
      build = toml.package.build or null;
    in
    map (target: folder + target.path) (builtins.filter (target: target ? path) targets)
    ++ lib.optional (builtins.isString build) (folder + build)
  ) (builtins.filter (path: baseNameOf path == "Cargo.toml") files);

  stubs = lib.unique (builtins.filter byConvention files ++ named);
  manifests = builtins.filter isManifest files;

  manifestsOnly = lib.cleanSourceWith {
    src = root;
    name = "manifests";
    filter =
      path: type:
      let
        relative = lib.removePrefix prefix (toString path);
      in
      if type == "directory" then
        builtins.any (lib.hasPrefix "${relative}/") manifests
      else
        builtins.elem relative manifests;
  };
in
# The name is that of the real source: artifacts hold the path at which they were compiled.
pkgs.runCommand "source"
  {
    stubs = lib.concatLines stubs;
    passAsFile = [ "stubs" ];
  }
  ''
    cp -r --no-preserve=mode,ownership ${manifestsOnly} "$out"
    cd "$out"
    while read -r stub; do
      mkdir -p "$(dirname "$stub")"
      echo 'pub fn main() {}' >"$stub"
    done <"$stubsPath"
  ''
