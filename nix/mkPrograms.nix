{ functions, lib }:
/**
  The programs of members, compiled by the release profile for a target: `<member>/<program>`.

  # Inputs

  `released`
  : Names of the members.

  `target`
  : The target. For another than the toolchain's own, all is compiled anew.

  The rest is the context that mkPipeline makes, with `src`.
*/
{
  artifactsOf,
  env,
  name,
  pkgs,
  released,
  src,
  table,
  target,
  workspace,
  ...
}@context:
let
  platform = pkgs.stdenv.hostPlatform;
  isOwn = target == platform.rust.rustcTarget;
  toolchain = functions.mkToolchain {
    inherit pkgs src;
    targets = [ target ];
  };
  needs = lib.subtractLists released (
    lib.unique (lib.concatMap (member: workspace.closure.${member}.all) released)
  );
  tree =
    workspace.tree
      {
        whole = released;
        libraries = needs;
      }
      {
        inherit (table.stage.size) reads;
        withoutTests = true;
      };
  # What build scripts compile in C is for the target, too.
  isStatic = lib.hasSuffix "-musl" target;
  cc = pkgs.pkgsStatic.stdenv.cc;
  word = lib.replaceStrings [ "-" ] [ "_" ] target;
  compilers = lib.optionalAttrs isStatic {
    "CC_${word}" = "${cc}/bin/${cc.targetPrefix or ""}cc";
    "AR_${word}" = "${cc.bintools or cc}/bin/${cc.targetPrefix or ""}ar";
  };
  keep = member: ''
    keep_programs ${member} "$PWD/${
      lib.optionalString (workspace.packages.${member}.folder != "")
        "${workspace.packages.${member}.folder}/"
    }Cargo.toml"
  '';
in
functions.mkTreeDerivation {
  inherit tree;
  # Its own toolchain is that of the layer, whose artifacts fit.
  context =
    context
    // lib.optionalAttrs (!isOwn) {
      inherit toolchain;
      craneLib = functions.mkCraneLib { inherit pkgs toolchain; };
    };
  inherit
    (
      if isOwn then
        artifactsOf "release" (released ++ needs)
      else
        {
          artifacts = [ ];
          treeLayer = null;
        }
    )
    artifacts
    treeLayer
    ;
  layer = table.layers.release;
  crates = true;
  pname = "${name}-programs-${target}";
  env = env // compilers;
  build = ''
    # keep_programs <member> <manifest>
    keep_programs() {
      local path
      mkdir -p "$out/$1"
      jq --raw-output --arg manifest "$2" \
        'select(.reason == "compiler-artifact" and .manifest_path == $manifest and .executable)
          | select(.target.kind | index("bin")) | .executable' "$NIX_BUILD_TOP/built.json" \
        | while IFS= read -r path; do
          cp "$path" "$out/$1"
          ${
            # The machine's own library does the same, and every machine has it.
            lib.optionalString platform.isDarwin ''
              otool -L "$path" | sed -n 's|^[[:space:]]*\(/nix/store/.*/libiconv\.2\.dylib\) .*|\1|p' \
                | while IFS= read -r library; do
                  install_name_tool -change "$library" /usr/lib/libiconv.2.dylib "$out/$1/''${path##*/}"
                done
            ''
          }
        done
    }
    cargo build ${lib.escapeShellArgs tree.select} --release --bins \
      ${lib.optionalString (!isOwn) "--target ${target}"} \
      --message-format json-render-diagnostics >"$NIX_BUILD_TOP/built.json"
    ${lib.concatMapStrings keep released}
  '';
}
