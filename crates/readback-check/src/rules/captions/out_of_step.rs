//! C010 `out-of-step`: a caption that comes or goes too far from its words.

use readback_transcript::Length;

use super::{Context, finding, seconds};
use crate::rules::Rule;
use crate::{Finding, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "C010",
    name: "out-of-step",
    severity: Severity::Warning,
    summary: "a caption that comes or goes too far from its words",
    manual: "\
## What it finds
A caption that begins earlier or later than its first word is heard, or still stands after its last one,
by more than the guide allows. It needs the recording. A caption may stand on for the shortest time that
the guide asks for. Only where a guide is named (`--preset`) that states a number is anything measured
by it.

## Why it matters
Who sees the speaker, or hears a little, is confused by words that come at another time than the voice.

## Example
A caption two seconds after its words under a guide of three frames.

## What to do
Time the captions by the recording; `readback caption` does.
",
};

pub(crate) fn check(context: &Context<'_>) -> Vec<Finding> {
    let rules = context.rules;
    let captions = context.seen.iter().filter_map(|seen| {
        let (sound, shown) = (seen.sound?, seen.caption.stretch);
        let over = |by: Length, most: Option<Length>| most.is_some_and(|most| by > most);
        let early = sound.start() - shown.start();
        let late = shown.start() - sound.start();
        let lingers = shown.end() - sound.end();
        let brief = rules.shortest.is_some_and(|shortest| shown.length() <= shortest);
        let message = match () {
            () if over(early, rules.early) => {
                format!("it begins {} before its words", seconds(early))
            }
            () if over(late, rules.late) => format!("it begins {} after its words", seconds(late)),
            () if over(lingers, rules.linger) && !brief => {
                format!("it stands {} after its words have ended", seconds(lingers))
            }
            () => return None,
        };
        Some(finding(&RULE, RULE.severity, seen.caption, message))
    });
    captions.collect()
}
