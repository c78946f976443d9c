{ lib }:
/**
  The program that measures what benchmarks take beside those of the baseline: `nix run .#verify-performance`. Both sides'
  programs are built by Nix, and run by the machine that one is at.

  # Inputs

  `materials`
  : Material id to unit to record, of the workspace.

  `baseline`
  : The pipeline of the other sources; null where there are none.

  `stage`
  : The row that measures. The rest is the context that mkPipeline makes.
*/
{
  baseline,
  baselineName,
  blocks,
  configFile,
  materials,
  name,
  pkgs,
  stage,
  toolchain,
  ...
}:
let
  records = pipeline: toString (lib.attrValues pipeline.${stage.material});
  sides = ''
    collect() {
      local side=$1 record
      shift
      mkdir "$work/$side"
      for record; do
        tar -xf - -C "$work/$side" <"$record/benchmarks.tar" || {
          echo "error: the benchmarks of $record were not compiled: see its log" >&2
          exit 3
        }
      done
    }
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    collect now ${records materials}
    collect before ${records (if baseline == null then { } else baseline.materials)}
    cargo-blocks verify-performance --before "$work/before" --now "$work/now" --baseline-name ${lib.escapeShellArg baselineName} \
      ${lib.optionalString (configFile != null) "--config ${configFile}"} "$@"
  '';
  # As the exit statuses of cargo-blocks have it.
  nothing = ''
    echo 'error: there is nothing to compare with: say which commit, as with' >&2
    echo '  nix run .#verify-performance --override-input baseline "git+file://$(git rev-parse --show-toplevel)?rev=$(git merge-base origin/main HEAD)"' >&2
    exit 2
  '';
in
pkgs.runCommand "${name}-verify-performance"
  {
    passAsFile = [ "text" ];
    text = ''
      #!${pkgs.runtimeShell}
      set -euo pipefail
      PATH=${blocks}/bin:${toolchain}/bin:$PATH
      ${if baseline == null then nothing else sides}
    '';
    meta = {
      description = "${stage.title}: ${stage.why}";
      mainProgram = "verify-performance";
    };
  }
  ''
    mkdir -p "$out/bin"
    cp "$textPath" "$out/bin/verify-performance"
    chmod +x "$out/bin/verify-performance"
  ''
