# Nix's own fetcher, with the arguments of nixpkgs' that callers give. The hash decides, so what
# else a caller says about the transfer does not matter.
{
  url,
  name ? baseNameOf url,
  sha256 ? "",
  hash ? "",
  ...
}:
import <nix/fetchurl.nix> {
  inherit
    url
    name
    sha256
    hash
    ;
}
