//! How marks and capitals are read, for all who ask it of words.

/// What ends a sentence.
pub(crate) const SENTENCE_ENDS: [char; 4] = ['.', '!', '?', '…'];

/// Whether `words` have capitals and no small letter.
pub(crate) fn in_capitals(words: &str) -> bool {
    words.contains(char::is_uppercase) && !words.contains(char::is_lowercase)
}
