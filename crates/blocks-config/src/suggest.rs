//! The word that was probably meant.

/// Longer words are no typing errors of ours, and would take long to compare.
const LONGEST: usize = 64;

/// The candidate that is nearest to `word`, where one is near enough to be meant.
pub fn closest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let wanted: Vec<char> = word.chars().take(LONGEST + 1).collect();
    if wanted.len() > LONGEST {
        return None;
    }
    let near = candidates.iter().map(|candidate| {
        let letters: Vec<char> = candidate.chars().collect();
        (distance(&wanted, &letters), letters.len(), *candidate)
    });
    near.filter(|(distance, length, _)| *distance <= 1.max(length / 3))
        .min()
        .map(|(_, _, candidate)| candidate)
}

/// How many letters have to be inserted, removed or replaced (Levenshtein's distance).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 3] = ["quick_mode", "full_proofs", "paths"];

    #[test]
    fn a_slip_of_the_fingers_finds_the_word() {
        assert_eq!(closest("quik_mode", &WORDS), Some("quick_mode"));
        assert_eq!(closest("fullproofs", &WORDS), Some("full_proofs"));
        assert_eq!(closest("path", &WORDS), Some("paths"));
    }

    #[test]
    fn a_word_that_is_far_from_all_finds_none() {
        assert_eq!(closest("zebra", &WORDS), None);
        assert_eq!(closest("", &WORDS), None);
        assert_eq!(closest(&"quick_mode".repeat(100_000), &WORDS), None);
    }

    #[test]
    fn the_distance_counts_the_letters_to_change() {
        let count = |a: &str, b: &str| {
            distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(
            [count("kitten", "sitting"), count("", "abc"), count("abc", ""), count("ab", "ab")],
            [3, 3, 3, 0]
        );
    }
}
