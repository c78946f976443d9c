# rustPlatform.buildRustPackage, as far as crane's own helper program needs it.
{ pkgs }:
{
  pname,
  version,
  src,
  cargoLock,
  nativeBuildInputs ? [ ],
}:
pkgs.stdenv.mkDerivation {
  inherit pname version src;
  nativeBuildInputs = nativeBuildInputs ++ [ pkgs.cargo ];
  vendor = pkgs.vendorFromHost (builtins.fromTOML (builtins.readFile cargoLock.lockFile));
  buildPhase = ''
    export CARGO_HOME=$NIX_BUILD_TOP/cargo-home
    mkdir -p "$CARGO_HOME"
    cp "$vendor/config.toml" "$CARGO_HOME/config.toml"
    cargo build --release --frozen --jobs "$NIX_BUILD_CORES"
  '';
  installPhase = ''
    find target/release -maxdepth 1 -type f -executable -exec install -D -t "$out/bin" {} +
  '';
}
