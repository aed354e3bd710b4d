//! How alike two words sound, judged from their spelling alone.
//!
//! A recogniser writes a name it does not know as it sounds ("Auchterlonie", "Octerlony"); that is no
//! error of the text. Spelling is first reduced to rough sound classes, then compared by edit distance.
//! It knows no audio: the witness decides between readings, this only says how surprising it would be
//! to confuse them.

/// How alike `left` and `right` sound, from 0 (nothing in common) to 1 (the same).
///
/// Blanks are ignored, so "sea floor" and "seafloor" are the same.
#[doc(alias = "similarity")]
pub fn likeness(left: &str, right: &str) -> f64 {
    Sounds::of(left).likeness(&Sounds::of(right))
}

/// How a word sounds, for comparing it with many others.
pub(crate) struct Sounds(Vec<Sound>);

impl Sounds {
    pub fn of(word: &str) -> Self {
        Self(sounds(word))
    }

    /// [`likeness`] of the two words.
    pub fn likeness(&self, other: &Self) -> f64 {
        let longest = self.0.len().max(other.0.len());
        if longest == 0 {
            return 1.0;
        }
        1.0 - distance(&self.0, &other.0) / longest as f64
    }
}

/// Whether nobody could tell `left` from `right` by listening: they differ at most in an h inside, and in vowels
/// before a consonant that are not the first, which are hardly more than a breath (*Andersen*, *Anderson*).
pub(crate) fn same_sound(left: &str, right: &str) -> bool {
    let (left, right) = (breathed(left), breathed(right));
    !left.is_empty() && left == right
}

/// The sounds of a word without any h inside; one letter stands for all vowels that are but breathed.
fn breathed(word: &str) -> Vec<Sound> {
    let sounds = sounds(word);
    let mut out: Vec<Sound> = Vec::with_capacity(sounds.len());
    let mut vowel_before = false;
    for (index, &sound) in sounds.iter().enumerate() {
        let is_last = index + 1 == sounds.len();
        let sound = match sound.0 {
            b'h' if index > 0 => continue,
            _ if is_vowel(sound) && vowel_before && !is_last => BREATH,
            _ => sound,
        };
        vowel_before |= is_vowel(sound);
        if out.last() != Some(&sound) {
            out.push(sound);
        }
    }
    out
}

/// Any vowel that is hardly spoken.
const BREATH: Sound = Sound(b'@');

/// A rough spelling of how a word sounds: words that are often taken for one another mostly share it.
///
/// Vowels and an h count only at the beginning, and not which; of sounds that are close there is one letter.
#[doc(alias = "soundex")]
#[doc(alias = "metaphone")]
pub fn sound_key(word: &str) -> String {
    let mut key = String::new();
    for (index, sound) in sounds(word).into_iter().enumerate() {
        let comes_and_goes = is_vowel(sound) || sound.0 == b'h';
        if comes_and_goes && index > 0 {
            continue;
        }
        let folded = FOLDED.iter().find(|group| group.contains(&sound.0));
        let letter = match folded {
            _ if comes_and_goes => 'a',
            Some(group) => char::from(group[0]),
            None => char::from(sound.0),
        };
        if !key.ends_with(letter) {
            key.push(letter);
        }
    }
    key
}

/// Consonants that one letter of a key stands for, which is the first of each group.
const FOLDED: [&[u8]; 6] = [b"pb", b"tdT", b"kg", b"fvw", b"szSCj", b"nm"];

/// A rough sound: a consonant class or a vowel.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sound(u8);

/// Letter groups that stand for one sound, the longer ones first. Classes join what small recognisers
/// confuse: voiced and voiceless pairs are told apart but counted as close.
const GROUPS: &[(&str, &[u8])] = &[
    ("tch", b"C"),
    ("sch", b"S"),
    ("ough", b"o"),
    ("augh", b"o"),
    ("eigh", b"e"),
    ("igh", b"i"),
    ("tion", b"San"),
    ("sion", b"San"),
    ("ch", b"C"),
    ("sh", b"S"),
    ("ph", b"f"),
    ("th", b"T"),
    ("wh", b"w"),
    ("gh", b"g"),
    ("kn", b"n"),
    ("wr", b"r"),
    ("ck", b"k"),
    ("qu", b"kw"),
    ("ce", b"se"),
    ("ci", b"si"),
    ("cy", b"si"),
    ("ge", b"je"),
    ("gi", b"ji"),
    ("x", b"ks"),
    ("c", b"k"),
    ("q", b"k"),
    ("y", b"i"),
];

fn sounds(word: &str) -> Vec<Sound> {
    let spoken = digits_spelt(word);
    let letters: String =
        spoken.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
    let mut rest = letters.as_str();
    let mut out: Vec<Sound> = Vec::with_capacity(rest.len());
    while let Some(first) = rest.chars().next() {
        let group = GROUPS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (used, classes): (usize, Vec<u8>) = match group {
            Some((letters, classes)) => (letters.len(), classes.to_vec()),
            None => (first.len_utf8(), vec![(u32::from(first) & 0xff) as u8]),
        };
        rest = &rest[used..];
        for class in classes.into_iter().map(Sound) {
            // Doubled letters are one sound.
            if out.last() != Some(&class) {
                out.push(class);
            }
        }
    }
    out
}

const DIGITS: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// Digits as their names, so that a number shares no sound with another by its noughts alone.
fn digits_spelt(word: &str) -> String {
    word.chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => DIGITS[digit as usize].to_string(),
            None => c.to_string(),
        })
        .collect()
}

fn distance(left: &[Sound], right: &[Sound]) -> f64 {
    let mut above: Vec<f64> = (0..=right.len()).map(|j| j as f64).collect();
    let mut row = Vec::with_capacity(above.len());
    for (i, &a) in left.iter().enumerate() {
        row.clear();
        row.push((i + 1) as f64);
        for (j, &b) in right.iter().enumerate() {
            let change = above[j] + change_cost(a, b);
            row.push(change.min(above[j + 1] + drop_cost(a)).min(row[j] + drop_cost(b)));
        }
        std::mem::swap(&mut above, &mut row);
    }
    above.last().copied().unwrap_or_default()
}

/// Sounds that are often taken for one another, each group by its members.
const CLOSE: [&[u8]; 11] =
    [b"bp", b"dtT", b"gk", b"vfw", b"zsST", b"jCS", b"mn", b"lr", b"jgi", b"kC", b"hk"];

fn change_cost(left: Sound, right: Sound) -> f64 {
    let both = |group: &[u8]| group.contains(&left.0) && group.contains(&right.0);
    if left == right {
        0.0
    } else if is_vowel(left) && is_vowel(right) {
        0.35
    } else if CLOSE.iter().any(|group| both(group)) {
        0.5
    } else {
        1.0
    }
}

/// Vowels and an h come and go in spelling; consonants do not.
fn drop_cost(sound: Sound) -> f64 {
    if is_vowel(sound) || sound.0 == b'h' { 0.6 } else { 1.0 }
}

fn is_vowel(sound: Sound) -> bool {
    matches!(sound.0, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_sound_are_alike() {
        for (left, right) in [
            ("sea floor", "Ciflora"),
            ("purple urchins", "perpillurchans"),
            ("Auchterlonie", "Octerlony"),
            ("Carvalho", "Carvallo"),
            ("Whitetail", "white tale"),
            ("Asmolov", "Osmolov"),
        ] {
            let likeness = likeness(left, right);
            assert!(likeness > 0.6, "{left} and {right}: {likeness:.2}");
        }
    }

    #[test]
    fn different_names_and_numbers_are_not() {
        for (left, right) in
            [("Carvalho", "Hale"), ("Russia", "Pyongyang"), ("312", "47"), ("kelp", "finger")]
        {
            let likeness = likeness(left, right);
            assert!(likeness < 0.5, "{left} and {right}: {likeness:.2}");
        }
    }

    #[test]
    fn what_only_spelling_tells_apart_sounds_the_same() {
        for (left, right) in [
            ("Pelham", "Pellam"),
            ("Andersen", "Anderson"),
            ("Kristen", "Kristin"),
            ("Katharine", "Catherine"),
            ("Philipps", "Filips"),
            ("Nicolai", "Nikolay"),
            ("Marion", "Marian"),
        ] {
            assert!(same_sound(left, right) && same_sound(right, left), "{left} and {right}");
        }
        for (left, right) in [
            ("Maria", "Marie"),
            ("Carlo", "Carla"),
            ("Ivan", "Evan"),
            ("Brandon", "Brendan"),
            ("Iran", "Iraq"),
            ("Hale", "Ale"),
            ("Hanna", "Hannah Lee"),
            ("", ""),
        ] {
            assert!(!same_sound(left, right), "{left} and {right}");
        }
    }

    #[test]
    fn spellings_of_one_name_share_a_key_and_other_names_have_others() {
        for (left, right) in
            [("Asmolov", "Osmolof"), ("Carvalho", "Karvallo"), ("Philips", "Filipps")]
        {
            assert_eq!(sound_key(left), sound_key(right), "{left} and {right}");
        }
        assert_ne!(sound_key("Carvalho"), sound_key("Hale"));
        assert_eq!(sound_key("—"), "");
    }

    #[test]
    fn likeness_is_symmetric_and_bounded() {
        for (left, right) in [("", ""), ("a", ""), ("region", "reason"), ("x", "taxi")] {
            let both = (likeness(left, right), likeness(right, left));
            assert!((both.0 - both.1).abs() < 1e-12 && (0.0..=1.0).contains(&both.0), "{both:?}");
        }
    }
}
