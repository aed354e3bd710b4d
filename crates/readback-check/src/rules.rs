//! The one table of rules: help, documentation, `explain` and the report come from it.

use crate::Severity;

pub(crate) mod audio;
pub(crate) mod captions;
pub(crate) mod finding;
pub(crate) mod text;

/// A named kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `T…` needs only the text, `A…` needs the recording, `C…` needs captions and a guide for them.
    pub code: &'static str,
    /// Short name in kebab case, as in "allow said-otherwise".
    pub name: &'static str,
    /// The severity of most of its findings.
    pub severity: Severity,
    /// One line for lists.
    pub summary: &'static str,
    /// The manual page, in Markdown.
    pub manual: &'static str,
}

impl Rule {
    /// The rule with this code, in any letter case, or this name.
    pub fn named(name: &str) -> Option<&'static Rule> {
        let is_it = |rule: &&Rule| rule.code.eq_ignore_ascii_case(name) || rule.name == name;
        RULES.iter().copied().find(is_it)
    }
}

/// Every rule, by code.
pub static RULES: &[&Rule] = &[
    &audio::not_said::RULE,
    &audio::missing_words::RULE,
    &audio::said_otherwise::RULE,
    &audio::passage_said_once::RULE,
    &audio::number_differs::RULE,
    &audio::name_differs::RULE,
    &audio::negation_differs::RULE,
    &text::repeated_passage::RULE,
    &text::near_repeated_passage::RULE,
    &text::stray_bytes::RULE,
    &text::label_inside_paragraph::RULE,
    &text::malformed_cue::RULE,
    &text::doubled_word::RULE,
    &text::name_spelt_two_ways::RULE,
    &text::caption_debris::RULE,
    &text::unknown_cue::RULE,
    &text::cue_and_label_together::RULE,
    &text::unbalanced_bracket::RULE,
    &text::misplaced_quotation_mark::RULE,
    &text::label_drift::RULE,
    &text::unknown_label::RULE,
    &text::same_label_again::RULE,
    &text::speaker_names_themself::RULE,
    &text::first_mention::RULE,
    &text::left_to_check::RULE,
    &text::roster_misspelling::RULE,
    &text::wrong_article::RULE,
    &text::impossible_figure::RULE,
    &text::two_figures::RULE,
    &text::boilerplate_in_body::RULE,
    &text::untranslated::RULE,
    &text::missing_sign_off::RULE,
    &text::missing_notice::RULE,
    &text::unlabelled_opening::RULE,
    &text::unpaired_clip::RULE,
    &captions::line_too_long::RULE,
    &captions::too_many_lines::RULE,
    &captions::read_too_fast::RULE,
    &captions::shown_too_briefly::RULE,
    &captions::shown_too_long::RULE,
    &captions::gap_too_short::RULE,
    &captions::captions_overlap::RULE,
    &captions::two_speakers::RULE,
    &captions::name_split::RULE,
    &captions::out_of_step::RULE,
];
