//! What marks and capital letters tell, asked of a text alone: where a sentence ends, and what is in
//! capitals. It knows no words, so an abbreviation's period ends a sentence here.

/// The marks that end a sentence where blanks part words.
const STOPS: [char; 4] = ['.', '?', '!', '…'];

/// Whether a sentence ends with `text`: with a stop, after which nothing but quotation marks and round
/// brackets close. The full-width stops of scripts without blanks are stops, too.
pub fn ends_sentence(text: &str) -> bool {
    let closed = text.trim_end_matches(['"', '”', '’', '\'', ')']);
    closed.ends_with(STOPS) || closed.ends_with(['。', '？', '！'])
}

/// Whether a stop stands in `between`, which is what stands between two words.
pub fn has_stop(between: &str) -> bool {
    between.contains(STOPS)
}

/// Whether there is a capital letter in `text` and no small one. Letters that are neither count for
/// nothing, nor do digits and marks.
pub fn is_in_capitals(text: &str) -> bool {
    text.contains(char::is_uppercase) && !text.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_its_stop_and_what_closes_after_it() {
        for ended in ["rain.", "rain?”", "(rain!)", "rain…'", "下雨。"] {
            assert!(ends_sentence(ended), "{ended}");
        }
        for open in ["rain", "rain,", "rain:", "rain.]", ".5", "", "”"] {
            assert!(!ends_sentence(open), "{open}");
        }
    }

    #[test]
    fn between_two_words_a_stop_may_stand_anywhere() {
        assert!(has_stop(".) – "));
        assert!(!has_stop(", (\"") && !has_stop("\n") && !has_stop("。"));
    }

    #[test]
    fn what_is_in_capitals_has_one_and_no_small_letter() {
        assert!(is_in_capitals("NPR'S 2ND") && is_in_capitals("É") && is_in_capitals("A 中"));
        assert!(!is_in_capitals("NPRs") && !is_in_capitals("911") && !is_in_capitals(""));
    }
}
