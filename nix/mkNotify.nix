{ }:
/**
  The program that tells people of the report: `nix run .#notify`. The report is built by Nix, also when stages fail; who is
  told, and of which branch, is said by the checkout and the environment that it runs in.

  # Inputs

  `report`
  : The report's derivation. The rest is the context that mkPipeline makes.
*/
{
  blocks,
  name,
  pkgs,
  report,
  toolchain,
  ...
}:
pkgs.runCommand "${name}-notify"
  {
    passAsFile = [ "text" ];
    # Cargo says whose members are, and is looked for last: a machine's own is as good.
    text = ''
      #!${pkgs.runtimeShell}
      set -euo pipefail
      PATH=${blocks}/bin:$PATH:${toolchain}/bin
      exec cargo-blocks notify --report ${report}/report.json "$@"
    '';
    meta = {
      description = "Tells people of the report: issues, mail, a webhook";
      mainProgram = "notify";
    };
  }
  ''
    mkdir -p "$out/bin"
    cp "$textPath" "$out/bin/notify"
    chmod +x "$out/bin/notify"
  ''
