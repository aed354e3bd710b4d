//! What speaks for either side of a difference, and how it adds up to a verdict.

mod curves;
mod hearsay;
mod overview;
mod weights;

use readback_transcript::{Answer, Probability};

pub(crate) use overview::Clues;

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
    /// The other name that fits best in the place of one of the text's, if any was asked about.
    pub rival: Option<Rival>,
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
    /// Nothing was heard at the place, but some of the text's words beside it: of people who talk at once,
    /// the one may be written down before the other.
    pub heard_beside: bool,
    /// The same the other way round: the text has some of the words heard, but beside the place.
    pub written_beside: bool,
    /// One word of the kind that holds sentences together stands on either side.
    pub function_words: bool,
    /// The heard word is the text's with another one drawn to it: *can*, *can't*; *I*, *I'm*.
    pub goes_on: bool,
    /// The two differ by their spelling and hardly by their sound: *witheld*, *withheld*.
    pub sounds_the_same: bool,
    /// An abbreviation in capitals stands against something else heard: it may be read out in many ways.
    pub abbreviation: bool,
    /// The text has its words here often elsewhere too, and never those heard.
    pub usual: bool,
    /// How clear the recording is around the place: mean probability of the words heard there.
    pub clarity: f64,
    /// Turns that the text's words and those around them belong to: many where people talk at once.
    pub turns_around: usize,
    /// How well the words of the text would fit into the speech at the place, by time: below 1 nobody
    /// could say them there.
    pub room: f64,
    /// How long somebody speaks there, in seconds.
    pub speech: f64,
    /// That as a multiple of the time that the heard words usually take. What a recogniser invents is
    /// squeezed in between two words, or stands for all of a silence.
    pub pace: f64,
    /// Somebody speaks there for long without a word that was heard: nothing speaks against words that the
    /// recogniser may have been deaf to.
    pub unheard: bool,
    /// What was heard and the text lacks is what recognisers write where nobody speaks: *Thank you.*
    pub stock_phrase: bool,
    /// A part of a difference, the rest of which is taken for right.
    pub is_part: bool,
    /// The text says that another language is spoken here: what a recogniser hears then is its own.
    pub foreign: bool,
}

/// A name that the text or the roster has elsewhere, in the place of one that the text has here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rival {
    /// The word of the text whose place it takes.
    pub word: usize,
    pub name: String,
    /// Natural log-likelihood ratio of the text with this name over the text as it is.
    pub ratio: f64,
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
    /// How much better what follows fits after the heard reading than after the text's, in nats.
    pub after: f64,
}

impl Score {
    /// The best of each side's spellings counts; neither list may be empty.
    pub fn new(ours: &[Answer], theirs: &[Answer]) -> Self {
        let (ours, theirs) = (best(ours), best(theirs));
        Self {
            ratio: total(&theirs) - total(&ours),
            text_fit: ours.reading / ours.tokens.max(1) as f64,
            heard_fit: theirs.reading / theirs.tokens.max(1) as f64,
            after: theirs.after - ours.after,
        }
    }
}

fn best(spellings: &[Answer]) -> Answer {
    spellings.iter().copied().max_by(|a, b| total(a).total_cmp(&total(b))).unwrap_or_default()
}

fn total(reading: &Answer) -> f64 {
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

/// So many turns within a few words are a conversation, in which people talk at once.
const CONVERSATION: usize = 4;
/// Mean probability of the words around that a conversation has where one voice is heard at a time.
const ONE_VOICE: f64 = 0.85;
/// Log-odds where nothing speaks against the text: its reading fits as well as the other, or another
/// language is spoken and nobody can be asked.
const NO_CASE: f64 = -3.0;
/// Log-odds of words heard where the text says that another language is spoken: most are the recogniser's
/// own. There are too few examples to learn it from.
const FOREIGN: f64 = -4.0;
/// Log-odds where other words were heard clearly in less time than the text's can be said in …
const NO_TIME: f64 = 2.0;
/// … and the mean probability from which on words were heard clearly.
const CLEARLY: f64 = 0.9;
/// From this likeness on a name that was heard may be one that the text has often.
const LIKE_A_NAME: f64 = 0.6;
/// Nats by which another name must fit better than the text's …
const RIVAL: f64 = 9.0;
/// … and by which it may fit worse than what was heard.
const NEARLY: f64 = 3.0;
/// From this probability that the text is wrong a difference is a finding.
const CONVINCED: f64 = 0.5;
/// Below this the suspicion is dropped.
const DROPPED: f64 = 0.4;

/// By what a difference is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// The text has no words, or lacks what was drawn to its word.
    Missing,
    /// Nothing was heard.
    NotSaid,
    /// Other words were heard.
    Otherwise,
    /// The readings were too long to be scored.
    Unscored,
    /// Nobody can be asked.
    Hearsay,
}

impl Table {
    pub fn name(self) -> &'static str {
        match self {
            Table::Missing => "missing",
            Table::NotSaid => "not-said",
            Table::Otherwise => "otherwise",
            Table::Unscored => "unscored",
            Table::Hearsay => "hearsay",
        }
    }
}

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
        let conversation = self.turns_around >= CONVERSATION && self.clarity < ONE_VOICE;
        let at_once = self.crosstalk && (conversation || self.heard_beside)
            || self.written_beside && conversation;
        let undecidable = self.abbreviation || at_once || self.unheard || self.stock_phrase;
        undecidable && !self.stands_elsewhere || self.sounds_the_same || self.is_usual_name()
    }

    /// Whether the text's name, one that it has often, is likelier than its like that was heard.
    fn is_usual_name(&self) -> bool {
        let alike = self.subject == Subject::Name && self.likeness >= LIKE_A_NAME;
        self.usual && alike && self.meant().is_none()
    }

    /// The other name that was said, where one fits far better than the text's and nearly as well as what
    /// was heard. A recogniser that writes a name as it sounds hides which it was; of the names that the
    /// story has, the sound decides.
    pub fn meant(&self) -> Option<&Rival> {
        let heard = self.score.map_or(0.0, |score| score.ratio);
        let fits = |rival: &&Rival| rival.ratio >= RIVAL && rival.ratio >= heard - NEARLY;
        self.rival.as_ref().filter(fits).filter(|_| !self.is_part)
    }

    /// Whether the suspicion is dropped.
    pub fn text_is_right(&self) -> bool {
        self.verdict() == Verdict::TextIsRight
    }

    /// What kind of difference it is, and so what weighs.
    pub fn table(&self) -> Table {
        match (self.score, self.text_words, self.heard_words) {
            _ if self.hearsay => Table::Hearsay,
            (None, ..) => Table::Unscored,
            _ if self.goes_on => Table::Missing,
            (_, 0, _) => Table::Missing,
            (_, _, 0) => Table::NotSaid,
            _ => Table::Otherwise,
        }
    }

    /// Natural log-odds that the text is wrong.
    fn log_odds(&self) -> f64 {
        let meant =
            self.meant().map_or(f64::NEG_INFINITY, |rival| (rival.ratio - RIVAL) / 4.0 + 1.0);
        meant.max(self.log_odds_of_words())
    }

    /// The same, whatever other names there are.
    fn log_odds_of_words(&self) -> f64 {
        let fits = self.score.is_some_and(|score| score.ratio <= 0.0);
        match self.table() {
            Table::Hearsay | Table::Unscored if self.is_heard_in_foreign() => NO_CASE,
            Table::Otherwise if fits => NO_CASE,
            _ if fits && self.is_part => NO_CASE,
            Table::Hearsay => self.log_odds_of_hearsay(),
            Table::Unscored => self.log_odds_unscored(),
            Table::Missing if self.is_heard_in_foreign() => self.log_odds_missing() + FOREIGN,
            Table::Missing => self.log_odds_missing(),
            Table::NotSaid => weights::NOT_SAID.log_odds(&self.clues()),
            Table::Otherwise if self.has_no_time() => self.log_odds_otherwise().max(NO_TIME),
            Table::Otherwise => self.log_odds_otherwise(),
        }
    }

    /// Whether one voice clearly says fewer words than the text has, in less time than those take.
    fn has_no_time(&self) -> bool {
        self.room < 1.0
            && self.heard_words < self.text_words
            && self.heard_probability >= CLEARLY
            && self.turns_around < CONVERSATION
    }

    fn log_odds_otherwise(&self) -> f64 {
        weights::OTHERWISE.log_odds(&self.clues())
    }

    /// Everything that is weighed, by name. Where people talk at once or mumble, a recogniser leaves words
    /// out; a misheard name fits badly as heard and sounds alike; a passage typed twice fits well by its
    /// wording alone; between function words either would do for the language, so it is the sound that
    /// speaks.
    pub fn clues(&self) -> Vec<(&'static str, f64)> {
        let Score { ratio, text_fit, heard_fit, after } = self.score.unwrap_or_default();
        let flag = |given: bool| f64::from(u8::from(given));
        let logarithm = |count: usize| (count.max(1) as f64).ln();
        let name = self.subject == Subject::Name;
        let negation = self.subject == Subject::Negation;
        let known = name && self.known_name;
        let gap = heard_fit - text_fit;
        vec![
            ("ratio", ratio),
            ("text_fit", text_fit),
            ("heard_fit", heard_fit),
            ("gap", gap),
            ("function_word_gap", if self.function_words { gap } else { 0.0 }),
            ("after", after),
            ("likeness", self.likeness),
            ("name_likeness", if name { self.likeness } else { 0.0 }),
            ("heard_probability", self.heard_probability),
            ("clarity", self.clarity),
            ("turns", logarithm(self.turns_around)),
            ("room", self.room),
            ("speech", self.speech),
            ("pace", self.pace),
            ("part", flag(self.is_part)),
            ("text_words", logarithm(self.text_words)),
            ("heard_words", logarithm(self.heard_words)),
            ("more_heard", self.heard_words as f64 - self.text_words as f64),
            ("number", flag(self.subject == Subject::Number)),
            ("negation", flag(negation)),
            ("name", flag(name)),
            ("known_name", flag(known)),
            ("known_name_likeness", if known { self.likeness } else { 0.0 }),
            ("two_numbers", flag(self.numbers_on_both_sides)),
            ("function_words", flag(self.function_words)),
            ("abbreviation", flag(self.abbreviation)),
            ("stands_elsewhere", flag(self.stands_elsewhere)),
        ]
    }

    /// Whether words were heard that the text lacks where it says that another language is spoken.
    fn is_heard_in_foreign(&self) -> bool {
        self.foreign && self.text_words == 0
    }

    fn log_odds_missing(&self) -> f64 {
        weights::MISSING.log_odds(&self.clues())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A word against another.
    pub(super) fn plain() -> Evidence {
        evidence(-5.0, 0.3, Subject::Words)
    }

    fn evidence(text_fit: f64, likeness: f64, subject: Subject) -> Evidence {
        Evidence {
            subject,
            known_name: false,
            score: Some(Score { ratio: -text_fit, text_fit, heard_fit: -0.1, after: 0.0 }),
            rival: None,
            hearsay: false,
            likeness,
            heard_probability: 0.9,
            numbers_on_both_sides: false,
            text_words: 1,
            heard_words: 1,
            stands_elsewhere: false,
            abbreviation: false,
            usual: false,
            crosstalk: false,
            heard_beside: false,
            written_beside: false,
            function_words: false,
            goes_on: false,
            sounds_the_same: false,
            clarity: 0.9,
            turns_around: 1,
            room: 2.0,
            speech: 0.3,
            pace: 1.0,
            unheard: false,
            stock_phrase: false,
            is_part: false,
            foreign: false,
        }
    }

    #[test]
    fn numbers_that_sound_alike_are_still_different_numbers() {
        let score = Some(Score { ratio: 8.9, text_fit: -2.0, heard_fit: -0.1, after: 0.0 });
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
    fn a_name_that_the_text_has_elsewhere_needs_more_than_one_that_it_has_once() {
        let name = evidence(-6.0, 0.9, Subject::Name);
        let known = Evidence { known_name: true, ..name.clone() };
        assert!(known.text_is_wrong() < name.text_is_wrong());
    }

    #[test]
    fn an_abbreviation_is_never_called_wrong_by_its_sound_but_left_to_a_listener() {
        let heard = Evidence { abbreviation: true, ..evidence(-12.0, 0.2, Subject::Words) };
        assert_eq!(heard.verdict(), Verdict::CannotTell);
    }

    #[test]
    fn a_copy_that_was_not_heard_is_likelier_not_said_than_other_words() {
        let score = Some(Score { ratio: 2.0, text_fit: -0.5, heard_fit: 0.0, after: 0.0 });
        let passage = Evidence { text_words: 4, heard_words: 0, score, ..plain() };
        let copy = Evidence { stands_elsewhere: true, ..passage.clone() };
        assert!(copy.text_is_wrong() > passage.text_is_wrong());
    }

    #[test]
    fn where_people_talk_at_once_words_are_left_out_more_easily() {
        let score = Some(Score { ratio: 9.0, text_fit: -6.0, heard_fit: 0.0, after: 3.0 });
        let alone = Evidence { text_words: 2, heard_words: 0, score, ..plain() };
        let in_turns = Evidence { clarity: 0.7, turns_around: 8, ..alone.clone() };
        assert!(in_turns.text_is_wrong() < alone.text_is_wrong());
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
        let score = Some(Score { ratio: -2.0, text_fit: -9.0, heard_fit: -0.1, after: 0.0 });
        let word = Evidence { score, ..evidence(-12.0, 0.2, Subject::Words) };
        assert!(word.text_is_right());
    }

    /// "can" is the first piece of "can't" too, so its own fit says nothing.
    #[test]
    fn a_lost_negation_shows_in_what_follows() {
        let score = Some(Score { ratio: 6.6, text_fit: 0.0, heard_fit: 0.0, after: 0.0 });
        let can = Evidence { score, goes_on: true, ..evidence(0.0, 0.7, Subject::Negation) };
        assert_eq!(can.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn thanks_that_may_be_invented_are_for_a_listener() {
        let score = Some(Score { ratio: 9.0, text_fit: 0.0, heard_fit: -0.1, after: 8.0 });
        let words = Evidence { text_words: 0, heard_words: 2, score, ..plain() };
        assert_eq!(words.verdict(), Verdict::RecordingOtherwise);
        let thanks = Evidence { stock_phrase: true, ..words };
        assert_eq!(thanks.verdict(), Verdict::CannotTell);
    }

    #[test]
    fn a_spelling_is_nothing_that_can_be_heard() {
        let typo = Evidence { sounds_the_same: true, ..evidence(-12.0, 0.95, Subject::Words) };
        assert_eq!(typo.verdict(), Verdict::CannotTell);
    }

    #[test]
    fn a_name_that_the_text_has_often_is_left_to_a_listener_where_its_like_was_heard() {
        let name = evidence(-12.0, 0.7, Subject::Name);
        assert_eq!(name.verdict(), Verdict::RecordingOtherwise);
        let usual = Evidence { usual: true, ..name };
        assert_eq!(usual.verdict(), Verdict::CannotTell);
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
        let score = Some(Score { ratio: 14.0, text_fit: -12.0, heard_fit: 0.0, after: 2.0 });
        let clear = Evidence { heard_words: 0, score, clarity: 0.96, ..plain() };
        assert_eq!(clear.verdict(), Verdict::RecordingOtherwise);
        let noisy = Evidence { clarity: 0.6, turns_around: 5, ..clear };
        assert_eq!(noisy.verdict(), Verdict::TextIsRight);
    }

    #[test]
    fn a_phrase_that_takes_its_time_was_said_even_where_its_words_are_in_doubt() {
        let score = Some(Score { ratio: 1.0, text_fit: 0.0, heard_fit: -0.4, after: 2.0 });
        let blip = Evidence { text_words: 0, heard_words: 6, score, speech: 0.2, ..plain() };
        let phrase = Evidence { speech: 2.5, ..blip.clone() };
        assert!(phrase.text_is_wrong() > blip.text_is_wrong());
    }

    #[test]
    fn words_that_there_is_no_time_for_were_not_said_where_fewer_were_heard_clearly() {
        let phrase = Evidence { text_words: 3, ..evidence(-4.0, 0.45, Subject::Words) };
        let squeezed = Evidence { room: 0.4, ..phrase.clone() };
        assert_eq!(squeezed.verdict(), Verdict::RecordingOtherwise);
        let roomy = Evidence { room: 1.5, ..phrase };
        assert!(roomy.text_is_wrong() < squeezed.text_is_wrong());
        let unclear = Evidence { heard_probability: 0.6, ..squeezed.clone() };
        assert_ne!(unclear.verdict(), Verdict::RecordingOtherwise);
        let at_once = Evidence { turns_around: 5, ..squeezed };
        assert_ne!(at_once.verdict(), Verdict::RecordingOtherwise);
    }

    #[test]
    fn what_is_heard_in_another_language_is_nothing_that_the_text_lacks() {
        let heard = hearsay(0, 6, Subject::Words);
        assert_eq!(Evidence { foreign: true, ..heard }.verdict(), Verdict::TextIsRight);
    }
}
