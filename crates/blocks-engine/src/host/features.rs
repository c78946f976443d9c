use std::collections::BTreeMap;

use blocks_config::MemberSettings;
use blocks_stages::feature_words;

use crate::Package;

/// The words that turn on the features that the interfaces of these members, none for all, are described with. What a
/// package does not have is left out: an earlier one may be without.
pub(super) fn words(
    settings: &BTreeMap<String, MemberSettings>,
    packages: &[Package],
    members: &[String],
) -> Vec<String> {
    let is_asked = |name: &String| members.is_empty() || members.contains(name);
    let mut on = Vec::new();
    for (name, settings) in settings.iter().filter(|(name, _)| is_asked(name)) {
        let package = packages.iter().find(|package| package.name == *name);
        on.extend(package.into_iter().flat_map(|package| features(settings, package)));
    }
    feature_words(on)
}

/// The features of one package, in alphabetical order, each with its name. The default ones are on in any case.
fn features<'a>(
    settings: &'a MemberSettings,
    package: &'a Package,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let is_on = |feature: &&String| {
        settings.interface_all_features
            || settings.interface_features.iter().any(|it| it.as_str() == **feature)
    };
    let on = package.features.iter().filter(is_on).filter(|feature| *feature != "default");
    on.map(|feature| (package.name.as_str(), feature.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use blocks_config::PipelineConfig;

    fn package(name: &str, features: &[&str]) -> Package {
        Package {
            name: name.to_owned(),
            folder: String::new(),
            authors: Vec::new(),
            rust_version: None,
            features: features.iter().map(|&it| it.to_owned()).collect(),
            dependencies: Vec::new(),
        }
    }

    #[test]
    fn what_is_asked_for_and_there_is_on() {
        let text = "members:\n  a: {interface_features: [y, gone, x]}\n  b: {interface_all_features: true}\n";
        let settings = PipelineConfig::parse(text, "p.yml").expect("a configuration").members;
        let packages = [
            package("c", &["x"]),
            package("b", &["default", "p", "q"]),
            package("a", &["default", "x", "y", "z"]),
        ];
        let of = |members: &[&str]| {
            let members: Vec<_> = members.iter().map(|&it| it.to_owned()).collect();
            words(&settings, &packages, &members)
        };
        assert_eq!(of(&[]), ["--features=a/x,a/y,b/p,b/q"]);
        assert_eq!(of(&["b", "c"]), ["--features=b/p,b/q"]);
        assert!(of(&["c"]).is_empty());
    }
}
