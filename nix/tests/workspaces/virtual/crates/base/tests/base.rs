//! The base, with the kit that is made of it.

#[test]
fn it_finds() {
    assert_eq!(base::find(b'n', base::DAY), Some(2));
    assert_eq!(testkit::day_again(), base::DAY);
    assert!(
        base::is_extra(),
        "the features are those of the whole workspace"
    );
}
