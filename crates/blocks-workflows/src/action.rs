//! The actions that workflows use.

/// An action, and the commit of it that is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// Its repository.
    pub name: &'static str,
    /// The commit, in 40 hexadecimal digits: a tag can be moved.
    pub commit: &'static str,
    /// The version that the commit has, for people.
    pub version: &'static str,
}

/// Each of them.
pub const ACTIONS: &[Action] = &[
    Action {
        name: "actions/attest",
        commit: "1e69f48acb82d1966a394da916b4c1698aa569d6",
        version: "v4.2.2",
    },
    Action {
        name: "actions/cache",
        commit: "27d5ce7f107fe9357f9df03efb73ab90386fccae",
        version: "v5.0.5",
    },
    Action {
        name: "actions/checkout",
        commit: "3d3c42e5aac5ba805825da76410c181273ba90b1",
        version: "v7.0.1",
    },
    Action {
        name: "actions/download-artifact",
        commit: "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
        version: "v8.0.1",
    },
    Action {
        name: "actions/upload-artifact",
        commit: "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
        version: "v7.0.0",
    },
    Action {
        name: "cachix/cachix-action",
        commit: "38b082610b782e7e93e209c35fd730d399dee866",
        version: "v17",
    },
    Action {
        name: "cachix/install-nix-action",
        commit: "630ae543ea3a38a9a4166f03376c02c50f408342",
        version: "v31.11.0",
    },
    Action {
        name: "rust-lang/crates-io-auth-action",
        commit: "c6f97d42243bad5fab37ca0427f495c86d5b1a18",
        version: "v1.0.5",
    },
];

/// The Nix that is installed: another version of the action brings no other one.
pub(crate) const NIX_URL: &str = "https://releases.nixos.org/nix/nix-2.35.1/install";

pub(crate) fn action(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|it| it.name == name)
}
