{ functions, lib }:
/**
  A derivation that runs cargo over a part of a workspace, on artifacts that others made.

  # Inputs

  `pname`
  : Its name.

  `tree`
  : The part, as readWorkspace's `tree` gives it.

  `treeLayer`, `artifacts`
  : Outputs of the kinds mkLayer (or null) and mkArtifacts.

  `layer`
  : The layer's row of the table; null for what compiles nothing.

  `tools`
  : Ids of tools that `build` uses beyond the layer's.

  `build`
  : Shell text, run in the laid-out folder.

  `librarySources`
  : The sources of libraries, by package (see mkLibrarySource).

  The rest is given to crane's mkCargoDerivation.
*/
{
  craneLib,
  layer,
  librarySources,
  nativeBuildInputs,
  pkgs,
  pname,
  tree,
  artifacts,
  treeLayer,
  build,
  toolchain,
  env ? { },
  tools ? [ ],
  table,
  ...
}@args:
let
  # The same for all of a layer: a build script may look for programs and variables, and would count as
  # old where it finds others.
  used = lib.unique ((if layer == null then [ ] else layer.tools) ++ tools);
in
craneLib.mkCargoDerivation (
  removeAttrs args [
    "build"
    "craneLib"
    "layer"
    "librarySources"
    "pkgs"
    "table"
    "toolchain"
    "tools"
    "tree"
  ]
  // {
    inherit artifacts pname treeLayer;
    treeCopies = tree.copies;
    version = "0";
    nativeBuildInputs =
      functions.toolPackages {
        inherit pkgs;
        tools = map (id: table.tools.${id}) used;
      }
      ++ nativeBuildInputs
      ++ [ pkgs.jq ];
    env =
      functions.mkToolEnv {
        inherit pkgs toolchain;
        tools = used;
      }
      // env;
    treeSpec = tree.spec;
    treeLibraries = map (
      name: librarySources.${name}.${if tree.onlyManifests then "manifest" else "whole"}
    ) tree.libraries;
    unpackPhase = ''
      source ${./tree.sh}
      tree_lay_out
      sourceRoot=source
    '';
    # A whole archive of artifacts in each of many small derivations would cost more than they save.
    cargoArtifacts = null;
    doInstallCargoArtifacts = false;
    doCheck = false;
    # Nothing here is a program for users, and evidence is kept as the tools wrote it.
    dontFixup = true;
    buildPhaseCargoCommand = ''
      tree_inherit
      ${build}
    '';
    installPhaseCommand = "";
  }
)
