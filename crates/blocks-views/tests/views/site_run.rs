//! Sites of API documentation, for tests and for the example that a browser looks at.

use blocks_views::{CrateName, Documented, MemberKind, Site, SiteMember, SiteVersion, VersionName};

/// What is tried in each text that is not ours.
pub const HOSTILE: &str =
    "</title></style></script><script>window.planted=1</script>\"' onclick=x\u{202e}";

pub fn version(name: &str, members: Vec<SiteMember>) -> SiteVersion {
    let version = VersionName::try_from(name.to_owned()).expect("a version");
    SiteVersion {
        kind: version.kind(),
        version,
        date: Some("2026-11-28".to_owned()),
        revision: Some("0123456789abcdef0123456789abcdef01234567".to_owned()),
        digest: "sha256-0".to_owned(),
        members,
    }
}

pub fn member(name: &str, version: &str, kind: MemberKind) -> SiteMember {
    let crate_name = CrateName::try_from(name.replace('-', "_")).expect("a name");
    SiteMember {
        name: name.to_owned(),
        version: version.to_owned(),
        description: Some(format!(
            "What {name} is for, in a sentence that is neither long nor short"
        )),
        rust_version: Some("1.85".to_owned()),
        license: Some("MIT OR Apache-2.0".to_owned()),
        repository: Some("https://example.org/acme".to_owned()),
        kind,
        crates: vec![crate_name],
        documented: Some(Documented { documented: 73, items: 80 }),
    }
}

/// A site as there are many.
pub fn usual() -> Site {
    let members = |version: &str| {
        vec![
            member("acme", version, MemberKind::Program),
            member("acme-core", version, MemberKind::Library),
            member("acme-macros", version, MemberKind::Macro),
        ]
    };
    let mut first = members("1.0.0");
    first.truncate(2);
    let mut newest = members("2.0.0-rc.1");
    newest[0].crates.push(CrateName::try_from("acme_admin".to_owned()).expect("a name"));
    newest[1].documented = None;
    newest.push(SiteMember {
        name: "acme-tests".to_owned(),
        version: "0.0.0".to_owned(),
        kind: MemberKind::Other,
        ..SiteMember::default()
    });
    let versions = vec![
        version("1.0.0", first),
        version("1.1.0", members("1.1.0")),
        version("2.0.0-rc.1", newest),
        SiteVersion { date: None, revision: None, ..version("dev", members("1.1.0")) },
    ];
    Site::of("acme", versions)
}

/// A site in which everything that may be a text is a hostile one.
pub fn hostile() -> Site {
    let mut bad = member("acme", HOSTILE, MemberKind::Library);
    bad.name = HOSTILE.repeat(9);
    bad.description = Some(HOSTILE.repeat(99));
    bad.rust_version = Some(HOSTILE.to_owned());
    bad.license = Some(HOSTILE.to_owned());
    bad.repository = Some(format!("javascript:{HOSTILE}"));
    let mut other = member("acme", "1.0.0", MemberKind::Library);
    other.repository = Some(format!("https://planted.example/{HOSTILE}"));
    let mut version = version("1.0.0", vec![bad, other]);
    version.date = Some(HOSTILE.to_owned());
    version.revision = Some(HOSTILE.to_owned());
    let mut many: Vec<_> =
        (0..30).map(|at| self::version(&format!("0.{at}.0"), Vec::new())).collect();
    many.push(version);
    Site::of(HOSTILE, many)
}

/// What a changelog may say of a version.
pub const CHANGES: &str = "\
## [1.1.0] - 2026-11-28

### Added

- A wheel that is round,
  and turns.
- `Wheel::turn` <b>turns</b> it.

Nothing <i>else</i>, see [here](https://example.org/acme) and not [there](javascript:window.planted=1).

1. Not *even* this.

       window.planted = 1
";
