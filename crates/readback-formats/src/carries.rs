//! What formats have a place for, and the sets of that which several share.

/// What a format has a place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether there is a place for one thing"
)]
pub struct Carries {
    /// The words, in order.
    pub words: bool,
    /// How finely it tells when something was said.
    pub times: Times,
    /// How sure a time is.
    pub confidence: bool,
    /// Punctuation and capital letters.
    pub punctuation: bool,
    /// Who says what.
    pub speakers: bool,
    /// What a speaker is to the programme: host, byline.
    pub roles: bool,
    /// What is heard besides words.
    pub cues: bool,
    /// Headline, credit, notice.
    pub notes: bool,
    /// The language of the words.
    pub language: bool,
    /// The characters it has codes for.
    pub characters: Characters,
}

/// Which characters a format has codes for. Others are written as near as those come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// All there are.
    All,
    /// Those of line 21 (CTA-608).
    Line21,
    /// Those of one page of EBU STL, the one that has the most of the text's.
    OnePage,
}

/// How finely a format tells when something was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Times {
    /// Not at all.
    None,
    /// For each turn, sentence or caption.
    Passages,
    /// For each word.
    Words,
}

impl Carries {
    /// Nothing but the words as written: what the others are built from.
    pub(crate) const WORDS: Self = Self {
        words: true,
        times: Times::None,
        confidence: false,
        punctuation: true,
        speakers: false,
        roles: false,
        cues: false,
        notes: false,
        language: false,
        characters: Characters::All,
    };

    /// What captions show: a time for each, who speaks, and what is heard.
    pub(crate) const CAPTIONS: Self =
        Self { times: Times::Passages, speakers: true, cues: true, ..Self::WORDS };

    /// What a text holds that people read: all but times and how sure those are.
    pub(crate) const PUBLISHED: Self = Self {
        speakers: true,
        roles: true,
        cues: true,
        notes: true,
        language: true,
        ..Self::WORDS
    };

    /// All there is.
    pub(crate) const EVERYTHING: Self = Self {
        words: true,
        times: Times::Words,
        confidence: true,
        punctuation: true,
        speakers: true,
        roles: true,
        cues: true,
        notes: true,
        language: true,
        characters: Characters::All,
    };

    /// What there is a place for, in words; `everything` where nothing is left out.
    pub fn held(self) -> Vec<&'static str> {
        if self == Self::EVERYTHING {
            return vec!["everything"];
        }
        let times = match self.times {
            Times::Words if self.words => "word times",
            _ => "passage times",
        };
        let all = [
            (self.words && self.punctuation, "words"),
            (self.words && !self.punctuation, "bare words"),
            (self.times != Times::None, times),
            (self.confidence, "confidence"),
            (self.speakers, "speakers"),
            (self.roles, "roles"),
            (self.cues, "cues"),
            (self.notes, "notes"),
            (self.language, "language"),
        ];
        all.into_iter().filter_map(|(held, what)| held.then_some(what)).collect()
    }
}
