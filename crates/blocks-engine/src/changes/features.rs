//! Features of crates from elsewhere: cargo gives all members what any of them asks for.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::manifests::Manifests;

/// Whether a change of this manifest makes the workspace as a whole ask for other features.
pub(super) fn differ(then: &Manifests, now: &Manifests, file: &str) -> bool {
    let own = |of: &Manifests| -> BTreeSet<String> {
        if file == "Cargo.toml" {
            // It has a part in what others ask for, who may have changed as well.
            let mut packages = now.packages.clone();
            packages.remove(file);
            packages.extend(of.packages.get(file).map(|it| (file.to_owned(), it.clone())));
            return all(&Manifests { root: of.root.clone(), packages, lock: None });
        }
        let manifest = of.packages.get(file);
        manifest.map(|manifest| asked(of, manifest)).unwrap_or_default()
    };
    own(then) != own(now) && all(then) != all(now)
}

fn all(of: &Manifests) -> BTreeSet<String> {
    of.packages.values().flat_map(|manifest| asked(of, manifest)).collect()
}

/// What a manifest asks of crates from elsewhere and of the libraries here, a text for each.
fn asked(of: &Manifests, manifest: &Table) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut switches = false;
    for it in of.dependencies(manifest) {
        let package = it.package();
        if it.path().is_some() {
            found.extend(it.features().map(|feature| format!("{package}/{feature}")));
            continue;
        }
        let is_on = |key: &str| it.get(key).and_then(Value::as_bool);
        let default = is_on("default-features").or_else(|| is_on("default_features"));
        let optional = is_on("optional").unwrap_or_default();
        switches |= optional;
        let place = format!("{} {} {package} optional={optional}", it.kind, it.target);
        let words = it.features().chain((default != Some(false)).then_some("default"));
        found.extend(words.map(|word| format!("{place} {word}")));
        found.insert(place);
    }
    if let Some(features) = manifest.get("features").and_then(Value::as_table) {
        let words = features.values().filter_map(Value::as_array).flatten();
        let mut words = words.filter_map(Value::as_str);
        // A feature of this package only is its own matter, and that of those who need it.
        if switches || words.any(|word| word.contains('/') || word.starts_with("dep:")) {
            let name = manifest.get("package").and_then(|it| it.get("name"));
            found.insert(format!("{name:?} {features:?}"));
        }
    }
    found
}
