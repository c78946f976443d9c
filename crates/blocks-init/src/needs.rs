//! Crates that want something of the machine which Nix does not give by itself.

use serde::Serialize;

/// A crate of the lock file, and what nixpkgs has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Need {
    /// The crate.
    pub krate: &'static str,
    /// Programs that its build starts.
    pub programs: &'static [&'static str],
    /// Libraries that it links with.
    pub libraries: &'static [&'static str],
}

/// A row of the table: a crate, programs, libraries. The names of both are those of nixpkgs.
const fn need(
    krate: &'static str,
    programs: &'static [&'static str],
    libraries: &'static [&'static str],
) -> Need {
    Need { krate, programs, libraries }
}

const PKG_CONFIG: &[&str] = &["pkg-config"];

/// Crates that look for a library first and have no copy of it, and those that start a program.
pub(crate) const NEEDS: &[Need] = &[
    need("alsa-sys", PKG_CONFIG, &["alsa-lib"]),
    need("bindgen", &["rustPlatform.bindgenHook"], &[]),
    need("cairo-sys-rs", PKG_CONFIG, &["cairo"]),
    need("cmake", &["cmake"], &[]),
    need("fontconfig-sys", PKG_CONFIG, &["fontconfig"]),
    need("gdk4-sys", PKG_CONFIG, &["gtk4"]),
    need("glib-sys", PKG_CONFIG, &["glib"]),
    need("gtk-sys", PKG_CONFIG, &["gtk3"]),
    need("libdbus-sys", PKG_CONFIG, &["dbus"]),
    need("libpulse-sys", PKG_CONFIG, &["libpulseaudio"]),
    need("libudev-sys", PKG_CONFIG, &["udev"]),
    need("mysqlclient-sys", PKG_CONFIG, &["libmysqlclient"]),
    need("openssl-sys", PKG_CONFIG, &["openssl"]),
    need("pq-sys", PKG_CONFIG, &["libpq"]),
    need("prost-build", &["protobuf"], &[]),
    need("wayland-sys", PKG_CONFIG, &["wayland"]),
    need("x11", PKG_CONFIG, &["xorg.libX11"]),
    need("yeslogic-fontconfig-sys", PKG_CONFIG, &["fontconfig"]),
];

/// What the crates of a lock file need, in alphabetical order.
pub(crate) fn of<'a>(crates: impl Iterator<Item = &'a str>) -> Vec<Need> {
    let crates: std::collections::BTreeSet<_> = crates.collect();
    NEEDS.iter().filter(|need| crates.contains(need.krate)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_none_is_for_nothing() {
        assert!(NEEDS.is_sorted_by(|one, other| one.krate < other.krate));
        assert!(NEEDS.iter().all(|it| !it.programs.is_empty() || !it.libraries.is_empty()));
    }

    #[test]
    fn crates_are_known_by_their_whole_name() {
        let found = of(["openssl", "openssl-sys", "serde"].into_iter());
        assert_eq!(found.iter().map(|it| it.krate).collect::<Vec<_>>(), ["openssl-sys"]);
    }
}
