//! A bench with a main of its own.

fn main() {
    assert!(base::find(b'x', "x").is_some());
}
