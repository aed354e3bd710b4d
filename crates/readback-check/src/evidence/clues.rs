//! What is known about a difference before the witness is asked.

/// What a difference is about; what matters most comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Number,
    Negation,
    Name,
    #[default]
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

/// So many more words than the text has are too many to be squeezed in …
const SEVERAL: usize = 3;
/// … in less than this share of the time that they usually take. Set by hand at 9c02169: the fastest talk in
/// 47 minutes of clips takes .4 of it.
const FASTEST: f64 = 0.35;

/// What both sides tell about one difference.
#[expect(clippy::struct_excessive_bools, reason = "each is a clue of its own")]
#[derive(Clone, Debug, Default)]
pub(crate) struct Clues {
    pub subject: Subject,
    /// The text's words are names that the roster or the rest of the text has too.
    pub known_name: bool,
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
    /// What was heard and the text lacks is what stands just before or after it, and had no time to be said
    /// again: a recogniser that misses the end goes on with what it has just written.
    pub echo: bool,
    /// Words were heard in another language than most of the recording's.
    pub other_language: bool,
    /// A part of a difference, the rest of which is taken for right.
    pub is_part: bool,
    /// The text says that another language is spoken here: what a recogniser hears then is its own.
    pub foreign: bool,
}

impl Clues {
    /// Whether more words were heard than the text has, and nobody can have said them as they were heard: to
    /// put words in takes more proof than to take some out.
    pub fn is_unproven(&self) -> bool {
        let more = self.heard_words.saturating_sub(self.text_words);
        let unsayable = more >= SEVERAL && self.pace < FASTEST;
        more > 0 && (self.echo || self.other_language || unsayable)
    }

    /// Whether words were heard that the text lacks where it says that another language is spoken.
    pub fn is_heard_in_foreign(&self) -> bool {
        self.foreign && self.text_words == 0
    }
}
