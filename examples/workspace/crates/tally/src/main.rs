//! Counts the words of its standard input.

use std::io::{self, Read as _};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let counted = counting::counted(&text);
    print!(
        "{}",
        tables::table(counted.iter().map(|(word, count)| (&**word, *count)))
    );
    Ok(())
}
