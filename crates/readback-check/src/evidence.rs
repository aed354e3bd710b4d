//! What speaks for either side of a difference, and how it adds up to a verdict.
//!
//! Clues are known before the witness is asked, its testimony after; of the two follows one judgement. The
//! curves in `weights` are fitted (`cargo xtask fit`); where a constant below was measured, its line says so.

mod clues;
mod curves;
mod hearsay;
mod overview;
mod testimony;
mod weights;

use readback_transcript::Probability;

use crate::spelling::Respelling;

pub(crate) use clues::{Clues, Subject};
pub(crate) use overview::Overview;
pub(crate) use testimony::{Rival, Score, Testimony};

/// Everything known about one difference, and what follows from it.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    pub clues: Clues,
    pub testimony: Testimony,
    pub judgement: Judgement,
}

/// What the evidence comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Judgement {
    /// How likely it is that the text is wrong here.
    pub probability: Probability,
    pub verdict: Verdict,
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

/// So many turns within a few words are a conversation, in which people talk at once. Set by hand at
/// f4e7430; not measured by itself.
const CONVERSATION: usize = 4;
/// Mean probability of the words around that a conversation has where one voice is heard at a time. Set by
/// hand at f4e7430; not measured by itself.
const ONE_VOICE: f64 = 0.85;
/// Log-odds where nothing speaks against the text: its reading fits as well as the other, or another
/// language is spoken and nobody can be asked. Set by hand at 6c2611f; not measured by itself.
const NO_CASE: f64 = -3.0;
/// Log-odds of words heard where the text says that another language is spoken: most are the recogniser's
/// own. Set by hand at 7522206, because the training stories have only seven examples to learn it from.
const FOREIGN: f64 = -4.0;
/// Log-odds where other words were heard clearly in less time than the text's can be said in. Measured at
/// 54094b7: it tells of two more errors in a real rush text, of nothing in 33 true texts, and changes no
/// verdict on a planted fault.
const NO_TIME: f64 = 2.0;
/// The mean probability from which on words were heard clearly; measured with [`NO_TIME`].
const CLEARLY: f64 = 0.9;
/// From this likeness on a name that was heard may be one that the text has often. Set by hand at 2551077;
/// not measured by itself.
const LIKE_A_NAME: f64 = 0.6;
/// Nats by which another name must fit better than the text's. Measured at f43a112: in the evaluation texts
/// one fitted so much better, and by [`NEARLY`] as well as what was heard, only where the text's was wrong.
/// Recall of planted faults rose from 0.948 to 0.950 (seeds 11-13) and from 0.938 to 0.942 (21-25) without
/// one more false alarm.
const RIVAL: f64 = 9.0;
/// Nats by which it may fit worse than what was heard; measured with [`RIVAL`].
const NEARLY: f64 = 3.0;
/// Nats by which a name of the story may fit worse than a spelling that nobody knows. Measured in a story of two
/// minutes with thirty names, of which thirty were swapped by three seeds: names that were said fitted worse by 3
/// and 4, if they did not sound nearly the same, and others by 8.4 and more.
const STORY_NAME: f64 = 6.0;
/// The same for a name that the story does not have and the world knows; measured with [`STORY_NAME`], where names
/// that were not said fitted worse by 3.8 and more.
const WORLD_NAME: f64 = 3.0;
/// From this probability that the text is wrong a difference is a finding: even odds, since 4aefece fitted
/// the weights; not measured by itself.
const CONVINCED: f64 = 0.5;
/// Below this the suspicion is dropped. Set by hand at 4aefece; not measured by itself.
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
    pub fn new(clues: Clues, testimony: Testimony) -> Self {
        let judgement = Weighing { clues: &clues, testimony: &testimony }.judgement();
        Self { clues, testimony, judgement }
    }

    /// The same clues with what the witness says now.
    pub fn hear(&mut self, testimony: Testimony) {
        self.judgement = Weighing { clues: &self.clues, testimony: &testimony }.judgement();
        self.testimony = testimony;
    }

    /// Whether the suspicion is dropped.
    pub fn text_is_right(&self) -> bool {
        self.judgement.verdict == Verdict::TextIsRight
    }

    /// Whether the recording says otherwise.
    pub fn is_error(&self) -> bool {
        self.judgement.verdict == Verdict::RecordingOtherwise
    }

    /// The other name that was said, where one fits far better than the text's and nearly as well as what
    /// was heard.
    pub fn meant(&self) -> Option<&Rival> {
        self.weighing().meant()
    }

    /// For heard names of which nobody knows the spelling, the known ones that fit nearly as well, at most one for
    /// each place: of the story's own names the best, and only then of those that the world knows.
    pub fn respellings(&self) -> Vec<&Respelling> {
        let Some(score) = self.testimony.score() else { return Vec::new() };
        let mut fitting: Vec<&Respelling> =
            score.respellings.iter().filter(|it| fits(it)).collect();
        fitting.sort_by(|one, other| {
            let place = one.heard.start.cmp(&other.heard.start);
            let own = other.is_of_story.cmp(&one.is_of_story);
            place.then(own).then(other.ratio.total_cmp(&one.ratio))
        });
        fitting.dedup_by(|next, best| next.heard.start < best.heard.end);
        fitting
    }

    /// What kind of difference it is, and so what weighs.
    pub fn table(&self) -> Table {
        self.weighing().table()
    }

    /// Everything that is weighed, by name.
    pub fn named_clues(&self) -> Vec<(&'static str, f64)> {
        self.weighing().named_clues()
    }

    fn weighing(&self) -> Weighing<'_> {
        Weighing { clues: &self.clues, testimony: &self.testimony }
    }
}

fn fits(respelling: &Respelling) -> bool {
    let allowed = if respelling.is_of_story { STORY_NAME } else { WORLD_NAME };
    respelling.ratio >= -allowed
}

/// Clues and testimony on the way to a judgement.
#[derive(Clone, Copy)]
struct Weighing<'a> {
    clues: &'a Clues,
    testimony: &'a Testimony,
}

impl<'a> Weighing<'a> {
    fn judgement(self) -> Judgement {
        let probability = Probability::new(1.0 / (1.0 + (-self.log_odds()).exp()) as f32);
        let verdict = match f64::from(probability.get()) {
            p if p >= CONVINCED && self.is_undecidable() => Verdict::CannotTell,
            p if p >= CONVINCED => Verdict::RecordingOtherwise,
            p if p < DROPPED => Verdict::TextIsRight,
            _ => Verdict::CannotTell,
        };
        Judgement { probability, verdict }
    }

    /// Whether the recording could not decide even if the readings fit very differently.
    fn is_undecidable(self) -> bool {
        let clues = self.clues;
        let conversation = clues.turns_around >= CONVERSATION && clues.clarity < ONE_VOICE;
        let at_once = clues.crosstalk && (conversation || clues.heard_beside)
            || clues.written_beside && conversation;
        // Where people talk at once a recogniser writes one of them: silence about the others says nothing.
        let talked_over = conversation && clues.heard_words == 0;
        let undecidable =
            clues.abbreviation || at_once || talked_over || clues.unheard || clues.stock_phrase;
        undecidable && !clues.stands_elsewhere
            || clues.is_unproven()
            || clues.sounds_the_same && self.meant().is_none()
            || self.is_usual_name()
    }

    /// Whether the text's name, one that it has often, is likelier than its like that was heard.
    fn is_usual_name(self) -> bool {
        let clues = self.clues;
        let alike = clues.subject == Subject::Name && clues.likeness >= LIKE_A_NAME;
        clues.usual && alike && self.meant().is_none()
    }

    /// A recogniser that writes a name as it sounds hides which it was; of the names that the story has, the
    /// sound decides.
    fn meant(self) -> Option<&'a Rival> {
        let score = self.testimony.score()?;
        let rival = score.rival.as_ref().filter(|_| !self.clues.is_part)?;
        let fits = rival.ratio >= RIVAL && rival.ratio >= score.ratio - NEARLY;
        fits.then_some(rival)
    }

    fn table(self) -> Table {
        match self.testimony {
            Testimony::Hearsay => Table::Hearsay,
            Testimony::Unasked => Table::Unscored,
            Testimony::Scored(_) if self.clues.goes_on => Table::Missing,
            Testimony::Scored(_) => match (self.clues.text_words, self.clues.heard_words) {
                (0, _) => Table::Missing,
                (_, 0) => Table::NotSaid,
                _ => Table::Otherwise,
            },
        }
    }

    /// Natural log-odds that the text is wrong.
    fn log_odds(self) -> f64 {
        let of_words = self.log_odds_of_words();
        match self.meant() {
            Some(rival) => of_words.max((rival.ratio - RIVAL) / 4.0 + 1.0),
            None => of_words,
        }
    }

    /// The same, whatever other names there are.
    fn log_odds_of_words(self) -> f64 {
        let fits = self.testimony.score().is_some_and(|score| score.ratio <= 0.0);
        let foreign = self.clues.is_heard_in_foreign();
        match self.table() {
            Table::Hearsay | Table::Unscored if foreign => NO_CASE,
            Table::Otherwise if fits => NO_CASE,
            _ if fits && self.clues.is_part => NO_CASE,
            Table::Hearsay => hearsay::log_odds(self.clues),
            Table::Unscored => self.log_odds_unscored(),
            Table::Missing if foreign => weights::MISSING.log_odds(&self.named_clues()) + FOREIGN,
            Table::Missing => weights::MISSING.log_odds(&self.named_clues()),
            Table::NotSaid => weights::NOT_SAID.log_odds(&self.named_clues()),
            Table::Otherwise if self.has_no_time() => self.log_odds_otherwise().max(NO_TIME),
            Table::Otherwise => self.log_odds_otherwise(),
        }
    }

    fn log_odds_otherwise(self) -> f64 {
        weights::OTHERWISE.log_odds(&self.named_clues())
    }

    /// Whether one voice clearly says fewer words than the text has, in less time than those take.
    fn has_no_time(self) -> bool {
        let clues = self.clues;
        clues.room < 1.0
            && clues.heard_words < clues.text_words
            && clues.heard_probability >= CLEARLY
            && clues.turns_around < CONVERSATION
    }

    /// Long runs are judged by what was heard: there is no time for words that were not said, and a
    /// recogniser that invents words is seldom sure of them. Set by hand at 0fb4379; not measured by itself.
    fn log_odds_unscored(self) -> f64 {
        if self.clues.heard_words == 0 {
            if self.clues.room < 1.0 { 4.0 } else { 0.5 }
        } else {
            8.0 * (self.clues.heard_probability - 0.5)
        }
    }

    /// Where people talk at once or mumble, a recogniser leaves words out; a misheard name fits badly as
    /// heard and sounds alike; a passage typed twice fits well by its wording alone; between function words
    /// either would do for the language, so it is the sound that speaks.
    fn named_clues(self) -> Vec<(&'static str, f64)> {
        let clues = self.clues;
        let unasked = Score::default();
        let Score { ratio, text_fit, heard_fit, after, .. } =
            self.testimony.score().unwrap_or(&unasked);
        let name = clues.subject == Subject::Name;
        let known = name && clues.known_name;
        let gap = heard_fit - text_fit;
        vec![
            ("ratio", *ratio),
            ("text_fit", *text_fit),
            ("heard_fit", *heard_fit),
            ("gap", gap),
            ("function_word_gap", if clues.function_words { gap } else { 0.0 }),
            ("after", *after),
            ("likeness", clues.likeness),
            ("name_likeness", if name { clues.likeness } else { 0.0 }),
            ("heard_probability", clues.heard_probability),
            ("clarity", clues.clarity),
            ("turns", logarithm(clues.turns_around)),
            ("room", clues.room),
            ("speech", clues.speech),
            ("pace", clues.pace),
            ("part", flag(clues.is_part)),
            ("text_words", logarithm(clues.text_words)),
            ("heard_words", logarithm(clues.heard_words)),
            ("more_heard", clues.heard_words as f64 - clues.text_words as f64),
            ("number", flag(clues.subject == Subject::Number)),
            ("negation", flag(clues.subject == Subject::Negation)),
            ("name", flag(name)),
            ("known_name", flag(known)),
            ("known_name_likeness", if known { clues.likeness } else { 0.0 }),
            ("two_numbers", flag(clues.numbers_on_both_sides)),
            ("function_words", flag(clues.function_words)),
            ("abbreviation", flag(clues.abbreviation)),
            ("stands_elsewhere", flag(clues.stands_elsewhere)),
        ]
    }
}

fn flag(given: bool) -> f64 {
    f64::from(u8::from(given))
}

fn logarithm(count: usize) -> f64 {
    (count.max(1) as f64).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One word against another.
    fn word(likeness: f64, subject: Subject) -> Clues {
        Clues {
            subject,
            likeness,
            heard_probability: 0.9,
            text_words: 1,
            heard_words: 1,
            clarity: 0.9,
            turns_around: 1,
            room: 2.0,
            speech: 0.3,
            pace: 1.0,
            ..Clues::default()
        }
    }

    /// The text's word fits so badly, the heard one well.
    fn fitting(text_fit: f64) -> Score {
        score(-text_fit, text_fit, -0.1, 0.0)
    }

    fn score(ratio: f64, text_fit: f64, heard_fit: f64, after: f64) -> Score {
        Score { ratio, text_fit, heard_fit, after, ..Score::default() }
    }

    fn judged(clues: &Clues, score: &Score) -> Judgement {
        Evidence::new(clues.clone(), Testimony::Scored(score.clone())).judgement
    }

    fn verdict(clues: &Clues, score: &Score) -> Verdict {
        judged(clues, score).verdict
    }

    fn is_wrong(clues: &Clues, score: &Score) -> Probability {
        judged(clues, score).probability
    }

    #[test]
    fn numbers_that_sound_alike_are_still_different_numbers() {
        let (amount, fit) = (word(0.9, Subject::Number), score(8.9, -2.0, -0.1, 0.0));
        assert_ne!(verdict(&amount, &fit), Verdict::RecordingOtherwise);
        let both = Clues { numbers_on_both_sides: true, ..amount };
        assert_eq!(verdict(&both, &fit), Verdict::RecordingOtherwise);
    }

    #[test]
    fn the_heard_reading_must_be_much_likelier() {
        let other = word(0.2, Subject::Words);
        assert_eq!(verdict(&other, &fitting(-12.0)), Verdict::RecordingOtherwise);
        assert_eq!(verdict(&other, &fitting(-1.0)), Verdict::TextIsRight);
    }

    #[test]
    fn a_name_that_the_text_has_elsewhere_needs_more_than_one_that_it_has_once() {
        let name = word(0.9, Subject::Name);
        let known = Clues { known_name: true, ..name.clone() };
        assert!(is_wrong(&known, &fitting(-6.0)) < is_wrong(&name, &fitting(-6.0)));
    }

    #[test]
    fn an_abbreviation_is_never_called_wrong_by_its_sound_but_left_to_a_listener() {
        let heard = Clues { abbreviation: true, ..word(0.2, Subject::Words) };
        assert_eq!(verdict(&heard, &fitting(-12.0)), Verdict::CannotTell);
    }

    #[test]
    fn a_copy_that_was_not_heard_is_likelier_not_said_than_other_words() {
        let passage = Clues { text_words: 4, heard_words: 0, ..word(0.3, Subject::Words) };
        let copy = Clues { stands_elsewhere: true, ..passage.clone() };
        let fit = score(2.0, -0.5, 0.0, 0.0);
        assert!(is_wrong(&copy, &fit) > is_wrong(&passage, &fit));
    }

    #[test]
    fn where_people_talk_at_once_words_are_left_out_more_easily() {
        let alone = Clues { text_words: 2, heard_words: 0, ..word(0.3, Subject::Words) };
        let in_turns = Clues { clarity: 0.7, turns_around: 8, ..alone.clone() };
        let fit = score(9.0, -6.0, 0.0, 3.0);
        assert!(is_wrong(&in_turns, &fit) < is_wrong(&alone, &fit));
        assert_ne!(verdict(&in_turns, &fit), Verdict::RecordingOtherwise);
    }

    #[test]
    fn whose_words_they_are_where_two_talk_at_once_a_listener_decides() {
        let clear = Clues { turns_around: 5, crosstalk: true, ..word(0.2, Subject::Words) };
        let fit = fitting(-12.0);
        assert_eq!(verdict(&clear, &fit), Verdict::RecordingOtherwise);
        let unclear = Clues { clarity: 0.8, ..clear };
        assert_eq!(verdict(&unclear, &fit), Verdict::CannotTell);
        let copy = Clues { stands_elsewhere: true, ..unclear };
        assert_eq!(verdict(&copy, &fit), Verdict::RecordingOtherwise);
    }

    #[test]
    fn what_was_not_heard_where_people_talk_at_once_a_listener_decides() {
        let clear = Clues {
            turns_around: 5,
            text_words: 2,
            heard_words: 0,
            room: 0.4,
            ..word(0.3, Subject::Words)
        };
        let fit = score(25.0, -12.0, 0.0, 3.0);
        assert_eq!(verdict(&clear, &fit), Verdict::RecordingOtherwise);
        let unclear = Clues { clarity: 0.8, ..clear };
        assert_ne!(verdict(&unclear, &fit), Verdict::RecordingOtherwise);
    }

    #[test]
    fn a_reading_that_fits_better_as_a_whole_is_right_whatever_its_words() {
        let fit = score(-2.0, -9.0, -0.1, 0.0);
        assert_eq!(verdict(&word(0.2, Subject::Words), &fit), Verdict::TextIsRight);
    }

    /// "can" is the first piece of "can't" too, so its own fit says nothing.
    #[test]
    fn a_lost_negation_shows_in_what_follows() {
        let can = Clues { goes_on: true, ..word(0.7, Subject::Negation) };
        assert_eq!(verdict(&can, &score(6.6, 0.0, 0.0, 0.0)), Verdict::RecordingOtherwise);
    }

    #[test]
    fn thanks_that_may_be_invented_are_for_a_listener() {
        let words = Clues { text_words: 0, heard_words: 2, ..word(0.3, Subject::Words) };
        let fit = score(9.0, 0.0, -0.1, 8.0);
        assert_eq!(verdict(&words, &fit), Verdict::RecordingOtherwise);
        let thanks = Clues { stock_phrase: true, ..words };
        assert_eq!(verdict(&thanks, &fit), Verdict::CannotTell);
    }

    #[test]
    fn a_spelling_is_nothing_that_can_be_heard() {
        let typo = Clues { sounds_the_same: true, ..word(0.95, Subject::Words) };
        assert_eq!(verdict(&typo, &fitting(-12.0)), Verdict::CannotTell);
    }

    #[test]
    fn a_name_that_the_text_has_often_is_left_to_a_listener_where_its_like_was_heard() {
        let name = word(0.7, Subject::Name);
        assert_eq!(verdict(&name, &fitting(-12.0)), Verdict::RecordingOtherwise);
        let usual = Clues { usual: true, ..name };
        assert_eq!(verdict(&usual, &fitting(-12.0)), Verdict::CannotTell);
    }

    #[test]
    fn another_name_is_meant_where_it_fits_far_better_and_nearly_as_well_as_what_was_heard() {
        let with = |ratio: f64| {
            let rival = Rival { word: 0, name: "Marsh".into(), ratio };
            let score = Score { rival: Some(rival), ..score(13.0, -9.0, -0.1, 0.0) };
            Evidence::new(word(0.9, Subject::Name), Testimony::Scored(score))
        };
        assert_eq!(with(12.0).meant().map(|rival| rival.name.as_str()), Some("Marsh"));
        assert_eq!(with(9.5).meant(), None);
        let part = Evidence::new(Clues { is_part: true, ..with(12.0).clues }, with(12.0).testimony);
        assert_eq!(part.meant(), None);
    }

    #[test]
    fn what_the_witness_says_later_counts() {
        let mut evidence = Evidence::new(word(0.2, Subject::Words), Testimony::Unasked);
        evidence.hear(Testimony::Scored(fitting(-12.0)));
        assert!(evidence.is_error());
        evidence.hear(Testimony::Scored(fitting(-1.0)));
        assert!(evidence.text_is_right());
    }

    /// By hearsay, with so many words on either side.
    fn hearsay(text_words: usize, heard_words: usize, subject: Subject) -> Clues {
        Clues { text_words, heard_words, room: 0.5, ..word(0.6, subject) }
    }

    fn judged_by_hearsay(clues: &Clues) -> Judgement {
        Evidence::new(clues.clone(), Testimony::Hearsay).judgement
    }

    #[test]
    fn one_word_of_another_recogniser_is_not_believed_and_a_phrase_is() {
        for (clues, verdict) in [
            (hearsay(1, 1, Subject::Words), Verdict::TextIsRight),
            (hearsay(1, 1, Subject::Name), Verdict::TextIsRight),
            (hearsay(6, 0, Subject::Words), Verdict::RecordingOtherwise),
            (hearsay(0, 1, Subject::Negation), Verdict::RecordingOtherwise),
        ] {
            assert_eq!(judged_by_hearsay(&clues).verdict, verdict, "{clues:?}");
        }
    }

    #[test]
    fn a_recogniser_that_is_unsure_counts_for_less() {
        let sure = hearsay(0, 6, Subject::Words);
        let unsure = Clues { heard_probability: 0.4, ..sure.clone() };
        assert!(judged_by_hearsay(&unsure).probability < judged_by_hearsay(&sure).probability);
    }

    #[test]
    fn words_left_out_of_a_clear_recording_weigh_more_than_of_a_noisy_one() {
        let clear = Clues { heard_words: 0, clarity: 0.96, ..word(0.3, Subject::Words) };
        let fit = score(14.0, -12.0, 0.0, 2.0);
        assert_eq!(verdict(&clear, &fit), Verdict::RecordingOtherwise);
        let noisy = Clues { clarity: 0.6, turns_around: 5, ..clear };
        assert_eq!(verdict(&noisy, &fit), Verdict::TextIsRight);
    }

    #[test]
    fn a_phrase_that_takes_its_time_was_said_even_where_its_words_are_in_doubt() {
        let blip =
            Clues { text_words: 0, heard_words: 6, speech: 0.2, ..word(0.3, Subject::Words) };
        let phrase = Clues { speech: 2.5, ..blip.clone() };
        let fit = score(1.0, 0.0, -0.4, 2.0);
        assert!(is_wrong(&phrase, &fit) > is_wrong(&blip, &fit));
    }

    #[test]
    fn words_that_there_is_no_time_for_were_not_said_where_fewer_were_heard_clearly() {
        let fit = fitting(-4.0);
        let phrase = Clues { text_words: 3, ..word(0.45, Subject::Words) };
        let squeezed = Clues { room: 0.4, ..phrase.clone() };
        assert_eq!(verdict(&squeezed, &fit), Verdict::RecordingOtherwise);
        let roomy = Clues { room: 1.5, ..phrase };
        assert!(is_wrong(&roomy, &fit) < is_wrong(&squeezed, &fit));
        let unclear = Clues { heard_probability: 0.6, ..squeezed.clone() };
        assert_ne!(verdict(&unclear, &fit), Verdict::RecordingOtherwise);
        let at_once = Clues { turns_around: 5, ..squeezed };
        assert_ne!(verdict(&at_once, &fit), Verdict::RecordingOtherwise);
    }

    #[test]
    fn what_is_heard_in_another_language_is_nothing_that_the_text_lacks() {
        let heard = Clues { foreign: true, ..hearsay(0, 6, Subject::Words) };
        assert_eq!(judged_by_hearsay(&heard).verdict, Verdict::TextIsRight);
    }
}
