//! Counts the words of a file and prints the ten most frequent.
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};

fn main() -> io::Result<()> {
    let path = std::env::args().nth(1).expect("a path");
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut counts: HashMap<String, u64> = HashMap::new();
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 {
        for word in line.split_whitespace() {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(word.to_owned(), 1);
                }
            }
        }
        line.clear();
    }
    let mut entries: Vec<(String, u64)> = counts.into_iter().collect();
    entries.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (word, count) in entries.iter().take(10) {
        println!("{count} {word}");
    }
    Ok(())
}
