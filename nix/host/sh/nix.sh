# Nix, unpacked from Debian packages into the cache folder.

# The folder of a complete unpacking; `ready` is written last, so that a run that was cut off is
# started again from nothing.
nix_root=$home/nix-root

provide_nix() {
  if [ ! -e "$nix_root/ready" ]; then
    say "downloading nix-bin from Debian $suite (about 42 MB, once)"
    rm -rf "$nix_root" "$home/apt"
    download_packages "$home/apt" nix-bin bash-static
    unpack_nix
    rm -rf "$home/apt"
    touch "$nix_root/ready"
  fi
  PATH="$nix_root/bin:$PATH"
}

unpack_nix() {
  local package libraries loader command
  mkdir -p "$nix_root/unpacked" "$nix_root/bin"
  for package in "$home"/apt/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$nix_root/unpacked" --no-same-owner
  done
  libraries=$(dirname "$(find "$nix_root/unpacked/usr/lib" -name 'ld-linux-*.so.*' | head -n 1)")
  loader=$(find "$libraries" -maxdepth 1 -name 'ld-linux-*.so.*' | head -n 1)
  # A copy that finds the newer libc beside it. Starting nix through the loader would not do: its
  # build hook starts /proc/self/exe again, which would then be the loader.
  cp "$nix_root/unpacked/usr/bin/nix" "$nix_root/bin/nix"
  patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$nix_root/bin/nix"
  for command in nix-build nix-store nix-instantiate nix-shell; do
    ln -s nix "$nix_root/bin/$command"
  done
  "$nix_root/bin/nix" --version >&2
}
