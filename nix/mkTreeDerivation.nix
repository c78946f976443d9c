{ lib }:
/**
  A derivation that runs cargo over a part of a workspace, on artifacts that others made.

  # Inputs

  `pname`
  : Its name.

  `tree`
  : The part, as readWorkspace's `tree` gives it.

  `treeLayer`, `artifacts`
  : Outputs of the kinds mkLayer (or null) and mkArtifacts.

  `build`
  : Shell text, run in the laid-out folder.

  `librarySources`
  : The sources of libraries, by package (see mkLibrarySource).

  The rest is given to crane's mkCargoDerivation.
*/
{
  craneLib,
  librarySources,
  pname,
  tree,
  artifacts,
  treeLayer,
  build,
  ...
}@args:
craneLib.mkCargoDerivation (
  removeAttrs args [
    "build"
    "craneLib"
    "librarySources"
    "tree"
  ]
  // {
    inherit artifacts pname treeLayer;
    treeCopies = tree.copies;
    version = "0";
    treeSpec = tree.spec;
    treeLibraries = map (name: librarySources.${name}) tree.libraries;
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
