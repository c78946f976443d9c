//! Says it.

fn main() {
    println!("{}", rooted::words());
}
