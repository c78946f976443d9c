{ functions, lib }:
/**
  A derivation that runs cargo over a part of a workspace, on artifacts that others made.

  # Inputs

  `context`
  : What mkPipeline makes.

  `pname`
  : Its name.

  `tree`
  : The part, as readWorkspace's `tree` gives it.

  `treeLayer`, `artifacts`
  : Outputs of the kinds mkLayer (or null) and mkArtifacts.

  `layer`
  : The layer's row of the table.

  `compiler`
  : The compiler of the layer that `build` uses first (null: `build` sees to it).

  `build`
  : Shell text, run in the laid-out folder.

  `crates`
  : Whether `build` reads the sources of crates from elsewhere, though the layer compiles nothing (`false`).

  `tools`
  : Ids of tools that `build` uses beyond the layer's (`[ ]`).

  `env`
  : Environment variables beyond the tools' (those of the context).

  `passthru`
  : What the derivation has beside its output (`{ }`).
*/
{
  context,
  pname,
  tree,
  treeLayer,
  artifacts,
  layer,
  compiler ? null,
  build,
  crates ? false,
  tools ? [ ],
  env ? context.env,
  passthru ? { },
}:
let
  inherit (context)
    buildInputs
    librarySources
    nativeBuildInputs
    pkgs
    table
    ;
  # The same for all of a layer: a build script may look for programs and variables, and would count as
  # old where it finds others.
  used = lib.unique (layer.tools ++ tools);
  compiles = layer.compiler != [ ];
  inherit
    (functions.toolchainOf {
      inherit context;
      tools = used;
    })
    craneLib
    toolchain
    ;
in
craneLib.mkCargoDerivation {
  inherit
    artifacts
    buildInputs
    passthru
    pname
    treeLayer
    ;
  version = "0";
  # What reads none does not wait for crates.
  cargoVendorDir =
    if !(crates || compiles) then
      null
    else if layer.standard_library then
      context.vendoredWith toolchain
    else
      context.cargoVendorDir;
  treeCopies = tree.copies;
  faults = functions.mkFaults table;
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
      inherit (context) rustVersions;
      tools = used;
    }
    // env
    // layer.env;
  treeSpec = tree.spec;
  treeLibraries = map (
    name: librarySources.${name}.${if tree.onlyManifests then "manifest" else "whole"}
  ) tree.libraries;
  unpackPhase = ''
    source ${./faults.sh}
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
    ${lib.optionalString (compiler != null && compiles) "tree_compiler ${compiler}"}
    ${build}
  '';
  installPhaseCommand = "";
}
