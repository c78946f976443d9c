# Texts that readConfig refuses, and what it says. `nix/tests/errors` compares the words, which no
# Nix expression can catch; config.nix tests that each is refused.
let
  file = ".github/pipeline-config.yml";
in
{
  "a tab as indent" = {
    text = "verify:\n\tquick_mode: true\n";
    error = "${file}:2: a tab indents this line; YAML wants spaces";
  };
  "a key twice" = {
    text = "verify:\n  quick_mode: true\nverify:\n  quick_mode: false\n";
    error = "${file}:3: the key `verify` is here for the second time";
  };
  "a line that is no key" = {
    text = "verify:\n  quick_mode\n";
    error = "${file}:2: `quick_mode` is not `key: value`";
  };
  "an indent that fits nothing" = {
    text = "verify:\n    quick_mode: true\n  full_proofs: true\n";
    error = "${file}:3: `full_proofs: true` does not belong to the lines above it; check its indent";
  };
  "a target that is no list" = {
    text = "release:\n  targets: x86_64-unknown-linux-musl\n";
    error = "${file}:2: release.targets wants a list of targets, not \"x86_64-unknown-linux-musl\"";
  };
  "a changelog somewhere else" = {
    text = "release:\n  changelog: both\n";
    error = "${file}:2: release.changelog wants workspace or member, not \"both\"";
  };
  "a number of seeds that runs nothing" = {
    text = "verify:\n  miri_seeds: 0\n";
    error = "${file}:2: verify.miri_seeds wants a whole number, from 1 to 10000, not 0";
  };
  "a value that goes on below" = {
    text = "cache:\n  key: one\n    two\n";
    error = "${file}:3: this line is indented below a value; a value that spans lines is not understood";
  };
  "a block scalar" = {
    text = "cache:\n  key: |\n";
    error = "${file}:2: `|` is not understood here; write a plain or quoted value, lists and maps on lines of their own";
  };
  "an anchor" = {
    text = "cache: &name\n";
    error = "${file}:1: `&name` is not understood here; write a plain or quoted value, lists and maps on lines of their own";
  };
  "a map in braces" = {
    text = "verify: {quick_mode: true}\n";
    error = "${file}:1: `{quick_mode: true}` is not understood here; write a plain or quoted value, lists and maps on lines of their own";
  };
  "a list in a list in brackets" = {
    text = "cache:\n  paths: [a, [b]]\n";
    error = "${file}:2: `[a, [b]]` is not understood; write this list with one `- item` a line";
  };
  "a quote that does not end" = {
    text = "cache:\n  key: \"one\n";
    error = "${file}:2: the quoted text `\"one` does not end on its line, or holds a backslash";
  };
  "a second document" = {
    text = "verify:\n---\n";
    error = "${file}:2: this file holds one document; remove `---`";
  };
  "a time of another type" = {
    text = "resources:\n  timeout_minutes: soon\n";
    error = "${file}:2: resources.timeout_minutes wants a whole number of minutes, from 1 to 1440, not \"soon\"";
  };
  "a time out of range" = {
    text = "resources:\n  timeout_minutes: 0\n";
    error = "${file}:2: resources.timeout_minutes wants a whole number of minutes, from 1 to 1440, not 0";
  };
  "no try at all" = {
    text = "resources:\n  max_attempts: 0\n";
    error = "${file}:2: resources.max_attempts wants a whole number, from 1 to 10, not 0";
  };
  "a switch that is no boolean" = {
    text = "stages:\n  fmt:\n    enabled: off\n";
    error = "${file}:3: stages.fmt.enabled wants true or false, not \"off\"";
  };
  "a section that is no map" = {
    text = "verify: fast\n";
    error = "${file}:1: verify wants a map, not \"fast\"";
  };
  "members that are no number" = {
    text = "cache:\n  members_per_build: many\n";
    error = "${file}:2: cache.members_per_build wants auto or a whole number of members, from 1 to 1000, not \"many\"";
  };
  "a page that is not there" = {
    text = "docs:\n  files: [README.md, gone]\n";
    error = "${file}:2: `gone` is not there: name files and folders of the workspace, from its root";
  };
  "a page that is a folder" = {
    text = "docs:\n  files: [README.md, docs]\n";
    error = "${file}:2: `docs` is a folder or a link: name Markdown files of the workspace, from its root";
  };
  "a page whose name would be two" = {
    text = "docs:\n  files:\n    - \"a, b.md\"\n";
    error = "${file}:2: `a, b.md` has a comma and a blank in it, which part names: call the file otherwise";
  };
  "an example that is none" = {
    text = "examples:\n  compile_only: [serve]\n";
    error = "${file}:2: examples.compile_only wants members and examples, as member/example, not `serve`";
  };
  "files of a member that are no list" = {
    text = "members:\n  app:\n    files: README.md\n";
    error = "${file}:3: members.app.files wants a list of paths, not \"README.md\"";
  };
  "features of a member that are no list" = {
    text = "members:\n  app:\n    interface_features: all\n";
    error = "${file}:3: members.app.interface_features wants a list of features, not \"all\"";
  };
  "all features of a member that are no boolean" = {
    text = "members:\n  app:\n    interface_all_features: yes\n";
    error = "${file}:3: members.app.interface_all_features wants true or false, not \"yes\"";
  };
  "shares of tests that are none" = {
    text = "members:\n  app:\n    test_shards: 0\n";
    error = "${file}:3: members.app.test_shards wants a whole number of shares, from 1 to 1000, not 0";
  };
  "a stage that there is not" = {
    text = "stages:\n  fmtt:\n    enabled: true\n";
    error = "${file}:2: there is no stage `fmtt`; the stages are fmt, test, and one of your own has a `run`";
  };
  "a command of a stage that has one" = {
    text = "stages:\n  fmt:\n    run: [true]\n";
    error = "${file}:2: `fmt` is a stage already, and has its own command; call yours by another name";
  };
  "a stage of one's own that reads what is not there" = {
    text = "stages:\n  mine:\n    run: [grep]\n    files: [gone]\n";
    error = "${file}:4: `gone` is not there: name files and folders of the workspace, from its root";
  };
  "a command that is no list" = {
    text = "stages:\n  mine:\n    run: grep x\n";
    error = "${file}:3: stages.mine.run wants a list of words, not \"grep x\"";
  };
  "a layer that there is not" = {
    text = "stages:\n  mine:\n    run: [grep]\n    layer: cheque\n";
    error = "${file}:4: stages.mine.layer wants none, check, build or release, not \"cheque\"";
  };
  "a quarantine that is no list" = {
    text = "test:\n  quarantine: a b\n";
    error = "${file}:2: test.quarantine wants a list of maps with test, issue and until, not \"a b\"";
  };
  "a quarantined test that is no map" = {
    text = "test:\n  quarantine:\n    - a b\n";
    error = "${file}:3: test.quarantine[0] wants a map with test, issue and until, not \"a b\"";
  };
  "a quarantined test without a day" = {
    text = "test:\n  quarantine:\n    - test: a b\n      issue: o/r#12\n";
    error = "${file}:3: test.quarantine[0] has no `until`";
  };
  "a quarantined test without its binary" = {
    text = "test:\n  quarantine:\n    - test: b\n      issue: o/r#12\n      until: 2027-01-31\n";
    error = "${file}:3: test.quarantine[0].test wants the id of a binary, a blank, and the name of a test, not \"b\"";
  };
  "a quarantined test whose issue is a comment" = {
    text = "test:\n  quarantine:\n    - test: a b\n      issue: #12\n      until: 2027-01-31\n";
    error = "${file}:4: test.quarantine[0].issue wants `https://…`, `owner/repository#12`, or `\"#12\"` in quotes, not null";
  };
  "a quarantine until no day" = {
    text = "test:\n  quarantine:\n    - test: a b\n      issue: o/r#12\n      until: 2027-01-31\n    - test: a c\n      issue: o/r#12\n      until: soon\n";
    error = "${file}:8: test.quarantine[1].until wants a day as YYYY-MM-DD, such as 2027-01-31, not \"soon\"";
  };
  "limits that are no list" = {
    text = "performance:\n  limits: 5\n";
    error = "${file}:2: performance.limits wants a list of maps with member, benchmark and threshold, not 5";
  };
  "a limit that is no map" = {
    text = "performance:\n  limits:\n    - read\n";
    error = "${file}:3: performance.limits[0] wants a map with member, benchmark and threshold, not \"read\"";
  };
  "a limit without its number" = {
    text = "performance:\n  limits:\n    - member: app\n      benchmark: read\n";
    error = "${file}:3: performance.limits[0] has no `threshold`";
  };
  "a limit of what no name can be" = {
    text = "performance:\n  limits:\n    - member: app\n      benchmark: re*d\n      threshold: 1\n";
    error = "${file}:4: performance.limits[0].benchmark wants the name of a benchmark, or the beginning of names and a `*`, not \"re*d\"";
  };
  "a limit that is too great" = {
    text = "performance:\n  limits:\n    - member: app\n      benchmark: read\n      threshold: 1001\n";
    error = "${file}:5: performance.limits[0].threshold wants a number from 0 to 1000, not 1001";
  };
  "a limit of something else" = {
    text = "performance:\n  limits:\n    - member: app\n      benchmark: read\n      threshold: 1\n      measure: size\n";
    error = "${file}:6: performance.limits[0].measure wants instructions or time, not \"size\"";
  };
  "rounds that tell nothing" = {
    text = "performance:\n  time_rounds: 9\n";
    error = "${file}:2: performance.time_rounds wants a whole number, from 10 to 1000, not 9";
  };
  "a list where the file wants keys" = {
    text = "- a\n";
    error = "${file}:1: the file wants a map, not \"a list\"";
  };
}
