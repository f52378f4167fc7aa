use strsim::osa_distance;

/// Words that say little: a street is not another one's likeness because both have them.
const SMALL_WORDS: [&str; 22] = [
    "a",
    "allee",
    "au",
    "aux",
    "avenue",
    "boulevard",
    "chemin",
    "cours",
    "d",
    "de",
    "des",
    "du",
    "en",
    "et",
    "impasse",
    "l",
    "la",
    "le",
    "les",
    "place",
    "route",
    "rue",
];

/// Weight of a small word, in letters.
const SMALL_WEIGHT: f64 = 1.0;

/// A word less alike than this is another word.
const SAME_WORD: f64 = 0.6;

/// A whole name less alike than this is another name.
const SAME_NAME: f64 = 0.85;

/// Longer texts are no names of streets.
const MAX_WORDS: usize = 12;

/// What was typed, in words.
pub(super) struct Typed<'a> {
    words: Vec<Word<'a>>,
    joined: String,
}

struct Word<'a> {
    text: &'a str,
    length: usize,
    weight: f64,
}

impl<'a> Typed<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let words = text.split(' ').take(MAX_WORDS).map(|text| {
            let length = text.chars().count();
            let is_small = SMALL_WORDS.binary_search(&text).is_ok();
            let letters = f64::from(u32::try_from(length).unwrap_or(u32::MAX));
            Word { text, length, weight: if is_small { SMALL_WEIGHT } else { letters } }
        });
        let joined = text.split(' ').take(MAX_WORDS).collect();
        Self { words: words.collect(), joined }
    }

    /// How much a name looks like what was typed, from 0 to 1: word by word, or as a whole where a space is the mistake.
    pub(super) fn likeness(&self, name: &str) -> f64 {
        self.by_words(name).max(self.as_a_whole(name))
    }

    /// Each word typed is compared with the word of the name that comes closest, and counts by its length.
    fn by_words(&self, name: &str) -> f64 {
        let all: f64 = self.words.iter().map(|word| word.weight).sum();
        let last = self.words.len().saturating_sub(1);
        let alike: f64 = self
            .words
            .iter()
            .enumerate()
            .map(|(rank, word)| {
                let best = name.split(' ').map(|other| word.likeness(other, rank == last)).fold(0.0, f64::max);
                word.weight * best
            })
            .sum();
        if all > 0.0 { alike / all } else { 0.0 }
    }

    /// Without the spaces: `quatrevents` is `quatre vents`.
    fn as_a_whole(&self, name: &str) -> f64 {
        let joined = name.replace(' ', "");
        let whole = Word { text: &self.joined, length: self.joined.chars().count(), weight: 1.0 };
        let likeness = whole.compare(&joined, joined.chars().count());
        // In long names a few letters make another street.
        if likeness < SAME_NAME { 0.0 } else { likeness }
    }
}

impl Word<'_> {
    /// `may_be_unfinished`: the word is compared with as much of the other one, too.
    fn likeness(&self, other: &str, may_be_unfinished: bool) -> f64 {
        if self.text == other {
            return 1.0;
        }
        let length = other.chars().count();
        let mut best = self.compare(other, length);
        if may_be_unfinished && length > self.length {
            let beginning: String = other.chars().take(self.length).collect();
            // A whole word is a better likeness than the beginning of one.
            best = best.max(0.95 * self.compare(&beginning, self.length));
        }
        if best < SAME_WORD { 0.0 } else { best }
    }

    fn compare(&self, other: &str, length: usize) -> f64 {
        let longest = self.length.max(length).max(1);
        // Too different in length to be the same word: not worth the comparison.
        if self.length.abs_diff(length) * 2 > longest {
            return 0.0;
        }
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        1.0 - number(osa_distance(self.text, other)) / number(longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_sorted_for_the_binary_search() {
        assert!(SMALL_WORDS.is_sorted());
    }

    #[test]
    fn a_swap_a_slip_or_an_unfinished_word_is_still_the_same_word() {
        for (typed, name) in
            [("rosires", "rosiers"), ("rosirs", "rosiers"), ("rossiers", "rosiers"), ("orfevr", "orfevres")]
        {
            assert!(Typed::new(typed).likeness(name) > 0.7, "{typed}");
        }
        assert!(Typed::new("rue des roses").likeness("rue des tanneurs") < 0.5);
        assert!(Typed::new("rue des quatrevents").likeness("rue des quatre vents") > 0.9);
        assert!(Typed::new("sain tmerri").likeness("saint merri") > 0.8);
    }
}
