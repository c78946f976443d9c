{
  description = "Stand-in for nixpkgs: this machine's own tools in the shape that the flake uses";

  outputs =
    _:
    let
      facts = builtins.fromJSON (builtins.readFile ../facts.json);
      # Put there by `nix/host/check --nixpkgs-lib`.
      lib = if builtins.pathExists ../real-lib then import ../real-lib else import ../lib;
    in
    {
      inherit lib;
      # Other systems than the machine's own can be evaluated, not built.
      legacyPackages = builtins.listToAttrs (
        map
          (system: {
            name = system;
            value = import ./pkgs.nix { inherit facts lib system; };
          })
          [
            "x86_64-linux"
            "aarch64-linux"
            "aarch64-darwin"
          ]
      );
    };
}
