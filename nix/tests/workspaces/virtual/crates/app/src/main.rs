//! Prints the first part of a path.

fn main() {
    println!("{}", app::run(&std::env::args().nth(1).unwrap_or_default()));
}
