//! What speaks for either side of a difference, and how it adds up to a verdict.

mod clues;
mod hearsay;

use readback_transcript::Probability;

use crate::Reading;

pub(crate) use clues::Clues;

/// What a difference is about; what matters most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Number,
    Negation,
    Name,
    Words,
}

impl Subject {
    pub fn name(self) -> &'static str {
        match self {
            Subject::Number => "number",
            Subject::Negation => "negation",
            Subject::Name => "name",
            Subject::Words => "words",
        }
    }
}

/// Everything known about one difference.
#[expect(clippy::struct_excessive_bools, reason = "each is a piece of evidence of its own")]
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub subject: Subject,
    /// The text's words are names that the roster or the rest of the text has too.
    pub known_name: bool,
    /// What the witness made of both readings; `None` where they were too long to ask.
    pub score: Option<Score>,
    /// Nobody can be asked how well the readings fit: another recogniser's words are all there is.
    pub hearsay: bool,
    /// How alike the two readings sound, 0 to 1.
    pub likeness: f64,
    /// Mean probability of the heard words, 0 to 1.
    pub heard_probability: f64,
    /// Both sides have a number here, not the same.
    pub numbers_on_both_sides: bool,
    /// Words on either side.
    pub text_words: usize,
    pub heard_words: usize,
    /// The text's words stand elsewhere in the text, nearly the same.
    pub stands_elsewhere: bool,
    /// The text's words are several people's, or somebody's whole short remark: they may well have
    /// talked at once, which one recording of all hardly lets tell apart.
    pub crosstalk: bool,
    /// One word of the kind that holds sentences together stands on either side.
    pub function_words: bool,
    /// The heard word is the text's with more to it: *can*, *can't*.
    pub goes_on: bool,
    /// The two differ by their spelling and hardly by their sound: *witheld*, *withheld*.
    pub sounds_the_same: bool,
    /// An abbreviation in capitals stands against something else heard: it may be read out in many ways.
    pub abbreviation: bool,
    /// How clear the recording is around the place: mean probability of the words heard there.
    pub clarity: f64,
    /// Turns that the text's words and those around them belong to: many where people talk at once.
    pub turns_around: usize,
    /// How well the words of the text would fit into the speech at the place, by time: below 1 nobody
    /// could say them there.
    pub room: f64,
}

/// Both readings weighed on the same audio.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    /// Natural log-likelihood ratio of the heard reading over the text's, each with what follows.
    pub ratio: f64,
    /// Mean natural log-probability of the tokens of the text's words; 0 where it has none.
    pub text_fit: f64,
    /// The same for the heard words.
    pub heard_fit: f64,
}

impl Score {
    /// The best of each side's spellings counts; neither list may be empty.
    pub fn new(ours: &[Reading], theirs: &[Reading]) -> Self {
        let (ours, theirs) = (best(ours), best(theirs));
        Self {
            ratio: total(&theirs) - total(&ours),
            text_fit: ours.reading / ours.tokens.max(1) as f64,
            heard_fit: theirs.reading / theirs.tokens.max(1) as f64,
        }
    }
}

fn best(spellings: &[Reading]) -> Reading {
    spellings.iter().copied().max_by(|a, b| total(a).total_cmp(&total(b))).unwrap_or_default()
}

fn total(reading: &Reading) -> f64 {
    reading.reading + reading.after
}

/// Which side is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The text stands; the suspicion is dropped.
    TextIsRight,
    /// The recording says otherwise.
    RecordingOtherwise,
    /// Somebody has to listen.
    CannotTell,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::TextIsRight => "text-is-right",
            Verdict::RecordingOtherwise => "recording-otherwise",
            Verdict::CannotTell => "cannot-tell",
        }
    }
}

/// So many words more on one side are a phrase of their own, said or not said.
const WHOLE_PHRASE: usize = 3;
/// So many turns within a few words are a conversation, in which people talk at once.
const CONVERSATION: usize = 4;
/// Mean probability of the words around that a conversation has where one voice is heard at a time.
const ONE_VOICE: f64 = 0.85;
/// Turns beyond this many around a place say no more.
const MOST_TURNS: usize = 8;
/// Log-odds where the text's reading fits better as a whole.
const NO_CASE: f64 = -3.0;
/// From this probability that the text is wrong a difference is a finding.
const CONVINCED: f64 = 0.6;
/// Below this the suspicion is dropped.
const DROPPED: f64 = 0.45;

impl Evidence {
    /// Probability that the text is wrong here.
    pub fn text_is_wrong(&self) -> Probability {
        Probability::new(1.0 / (1.0 + (-self.log_odds()).exp()) as f32)
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        match f64::from(self.text_is_wrong().get()) {
            p if p >= CONVINCED && self.is_undecidable() => Verdict::CannotTell,
            p if p >= CONVINCED => Verdict::RecordingOtherwise,
            p if p < DROPPED => Verdict::TextIsRight,
            _ => Verdict::CannotTell,
        }
    }

    /// Whether the recording could not decide even if the readings fit very differently.
    fn is_undecidable(&self) -> bool {
        let at_once =
            self.crosstalk && self.turns_around >= CONVERSATION && self.clarity < ONE_VOICE;
        (self.abbreviation || at_once) && !self.stands_elsewhere || self.sounds_the_same
    }

    /// Whether the suspicion is dropped.
    pub fn text_is_right(&self) -> bool {
        self.verdict() == Verdict::TextIsRight
    }

    /// Natural log-odds that the text is wrong. The weights come from planted faults.
    fn log_odds(&self) -> f64 {
        if self.hearsay {
            return self.log_odds_of_hearsay();
        }
        let Some(score) = self.score else { return self.log_odds_unscored() };
        let more_heard = self.heard_words >= self.text_words + WHOLE_PHRASE;
        let more_text = self.text_words >= self.heard_words + WHOLE_PHRASE;
        let lost_negation = self.subject == Subject::Negation && self.goes_on;
        match (self.text_words, self.heard_words) {
            (0, _) => self.missing(&score),
            (_, 0) => self.not_said(&score),
            _ if more_heard || lost_negation => self.otherwise(&score).max(self.missing(&score)),
            _ if more_text => self.otherwise(&score).max(self.not_said(&score)),
            _ if self.numbers_on_both_sides => other_number(&score),
            _ => self.otherwise(&score),
        }
    }

    /// A misheard name fits badly as heard, fits passably as written, and sounds alike; a wrong word
    /// does not fit at all where the right one fits well. Between function words small differences in
    /// fit count: either would do for the language, so it is the sound that speaks.
    fn otherwise(&self, score: &Score) -> f64 {
        if score.ratio < 0.0 {
            return NO_CASE;
        }
        let gap = (score.heard_fit - score.text_fit).min(10.0);
        let negation = self.subject == Subject::Negation;
        let alike = if negation { 0.0 } else { (self.likeness - 0.6).max(0.0) };
        let known = self.known_name && self.subject == Subject::Name && self.likeness > 0.5;
        let subject = match self.subject {
            Subject::Name if known => -0.3 - self.likeness,
            Subject::Name => 0.7 - self.likeness,
            Subject::Number => 0.8,
            Subject::Negation => 1.0,
            Subject::Words if self.function_words => 1.5,
            Subject::Words => 0.0,
        };
        let several = if self.text_words > 1 { 0.4 } else { 0.0 };
        0.5 * (gap - 4.0)
            + 0.15 * (score.ratio.min(15.0) - 6.0)
            + (score.heard_fit - 0.35)
            + 3.0 * (self.clarity - 0.9)
            - 2.5 * alike
            - 0.5 * self.turns()
            + subject
            + several
    }

    /// Words were heard, and the reading without them leads on to what follows less well. Where people
    /// talk at once some of what was heard is not in its place.
    fn missing(&self, score: &Score) -> f64 {
        0.26 * score.ratio.min(15.0) + 0.7 * score.heard_fit - 0.3 * self.turns() + 0.2
    }

    /// Words for which there is no sound. Where people talk at once or mumble a recogniser leaves words
    /// out; a passage typed twice fits well by its wording alone. Weights by logistic regression.
    fn not_said(&self, score: &Score) -> f64 {
        let copy = if self.stands_elsewhere { 3.45 } else { 0.0 };
        let words = (self.text_words as f64).ln();
        0.36 * score.ratio.min(20.0) + 9.25 * self.clarity - 1.28 * self.turns() - 0.74 * words
            + copy
            - 11.04
    }

    /// The logarithm of the number of turns around.
    fn turns(&self) -> f64 {
        (self.turns_around.clamp(1, MOST_TURNS) as f64).ln()
    }

    /// Long runs are judged by what was heard: there is no time for words that were not said, and a
    /// recogniser that invents words is seldom sure of them.
    fn log_odds_unscored(&self) -> f64 {
        if self.heard_words == 0 {
            if self.room < 1.0 { 4.0 } else { 0.5 }
        } else {
            8.0 * (self.heard_probability - 0.5)
        }
    }
}

/// Numbers are told apart by few sounds ("6.5", "65"), so how alike they sound says nothing.
fn other_number(score: &Score) -> f64 {
    0.4 * (score.ratio.min(15.0) - 5.0) + (score.heard_fit + 0.4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(text_fit: f64, likeness: f64, subject: Subject) -> Evidence {
        Evidence {
            subject,
            known_name: false,
            score: Some(Score { ratio: -text_fit, text_fit, heard_fit: -0.1 }),
            hearsay: false,
            likeness,
            heard_probability: 0.9,
            numbers_on_both_sides: false,
            text_words: 1,
            heard_words: 1,
            stands_elsewhere: false,
            abbreviation: false,
            crosstalk: false,
            function_words: false,
            goes_on: false,
            sounds_the_same: false,
            clarity: 0.9,
            turns_around: 1,
            room: 2.0,
        }
    }

    #[test]
    fn numbers_that_sound_alike_are_still_different_numbers() {
        let score = Some(Score { ratio: 8.9, text_fit: -2.0, heard_fit: -0.1 });
        let amount = Evidence { score, ..evidence(-1.0, 0.9, Subject::Number) };
        assert_ne!(amount.verdict(), Verdict::RecordingOtherwise);
        let both = Evidence { numbers_on_both_sides: true, ..amount };
        assert_eq!(both.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn the_heard_reading_must_be_much_likelier() {
        assert_eq!(evidence(-12.0, 0.2, Subject::Words).verdict(), Verdict::RecordingOtherwise);
        assert_eq!(evidence(-1.0, 0.2, Subject::Words).verdict(), Verdict::TextIsRight);
    }

    #[test]
    fn a_name_that_sounds_the_same_needs_more_than_a_word_that_does_not() {
        let (word, name) =
            (evidence(-6.0, 0.1, Subject::Words), evidence(-6.0, 0.9, Subject::Name));
        assert!(name.text_is_wrong() < word.text_is_wrong());
        assert_ne!(name.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn an_abbreviation_is_never_called_wrong_by_its_sound() {
        let heard = Evidence { abbreviation: true, ..evidence(-12.0, 0.2, Subject::Words) };
        assert_eq!(heard.verdict(), Verdict::CannotTell);
    }

    #[test]
    fn a_copy_that_was_not_heard_was_not_said() {
        let score = Some(Score { ratio: 2.0, text_fit: -0.5, heard_fit: 0.0 });
        let words = evidence(-1.0, 0.0, Subject::Words);
        let passage = Evidence { text_words: 4, heard_words: 0, score, ..words };
        assert_ne!(passage.verdict(), Verdict::RecordingOtherwise);
        let copy = Evidence { stands_elsewhere: true, ..passage };
        assert_eq!(copy.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn where_people_talk_at_once_more_must_speak_against_the_text() {
        let alone = evidence(-8.0, 0.2, Subject::Words);
        assert_eq!(alone.verdict(), Verdict::RecordingOtherwise);
        let in_turns = Evidence { clarity: 0.7, turns_around: 8, ..alone };
        assert_ne!(in_turns.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn whose_words_they_are_where_two_talk_at_once_a_listener_decides() {
        let clear =
            Evidence { turns_around: 5, crosstalk: true, ..evidence(-12.0, 0.2, Subject::Words) };
        assert_eq!(clear.verdict(), Verdict::RecordingOtherwise);
        assert_eq!(Evidence { clarity: 0.8, ..clear.clone() }.verdict(), Verdict::CannotTell);
        let copy = Evidence { clarity: 0.8, stands_elsewhere: true, ..clear };
        assert_eq!(copy.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn a_reading_that_fits_better_as_a_whole_is_right_whatever_its_words() {
        let score = Some(Score { ratio: -2.0, text_fit: -9.0, heard_fit: -0.1 });
        let word = Evidence { score, ..evidence(-12.0, 0.2, Subject::Words) };
        assert!(word.text_is_right());
    }

    #[test]
    fn between_function_words_a_small_difference_in_fit_is_enough() {
        let word = evidence(-5.0, 0.3, Subject::Words);
        assert_ne!(word.verdict(), Verdict::RecordingOtherwise);
        let article = Evidence { function_words: true, ..word };
        assert_eq!(article.verdict(), Verdict::RecordingOtherwise);
    }

    /// "can" is the first piece of "can't" too, so its own fit says nothing.
    #[test]
    fn a_lost_negation_shows_in_what_follows() {
        let score = Some(Score { ratio: 6.6, text_fit: 0.0, heard_fit: 0.0 });
        let can = Evidence { score, goes_on: true, ..evidence(0.0, 0.7, Subject::Negation) };
        assert_eq!(can.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn a_spelling_is_nothing_that_can_be_heard() {
        let typo = Evidence { sounds_the_same: true, ..evidence(-12.0, 0.95, Subject::Words) };
        assert_eq!(typo.verdict(), Verdict::CannotTell);
    }

    /// The same by hearsay, with so many words on either side.
    fn hearsay(text_words: usize, heard_words: usize, subject: Subject) -> Evidence {
        let words = evidence(0.0, 0.6, subject);
        Evidence { score: None, hearsay: true, text_words, heard_words, room: 0.5, ..words }
    }

    #[test]
    fn one_word_of_another_recogniser_is_not_believed_and_a_phrase_is() {
        assert_eq!(hearsay(1, 1, Subject::Words).verdict(), Verdict::TextIsRight);
        assert_eq!(hearsay(1, 1, Subject::Name).verdict(), Verdict::TextIsRight);
        assert_eq!(hearsay(6, 0, Subject::Words).verdict(), Verdict::RecordingOtherwise);
        assert_eq!(hearsay(0, 1, Subject::Negation).verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn a_recogniser_that_is_unsure_counts_for_less() {
        let sure = hearsay(0, 6, Subject::Words);
        let unsure = Evidence { heard_probability: 0.4, ..sure.clone() };
        assert!(unsure.text_is_wrong() < sure.text_is_wrong());
    }

    #[test]
    fn words_left_out_of_a_clear_recording_weigh_more_than_of_a_noisy_one() {
        let score = Some(Score { ratio: 10.0, text_fit: -8.0, heard_fit: 0.0 });
        let words = evidence(-1.0, 0.0, Subject::Words);
        let clear = Evidence { heard_words: 0, score, clarity: 0.96, ..words };
        assert_eq!(clear.verdict(), Verdict::RecordingOtherwise);
        let noisy = Evidence { clarity: 0.6, turns_around: 5, ..clear };
        assert_eq!(noisy.verdict(), Verdict::TextIsRight);
    }
}
