//! C010 `out-of-step`: a caption that comes or goes too far from its words.

use readback_transcript::Length;

use super::{Context, finding, seconds};
use crate::rules::{Check, Needs, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
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
    needs: Needs::Captions,
    check: Check::CaptionsHeard(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
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
        Some(finding(&RULE, seen.caption, message))
    });
    captions.collect()
}

#[cfg(test)]
mod tests {
    use readback_transcript::{Probability, TimeOrigin, Timing};

    use super::super::check_captions;
    use super::super::tests::{GUIDE, captions, stretch};

    #[test]
    fn captions_keep_step_with_their_words() {
        let given = captions(&[(1000, 3000, "Rain and wind.")]);
        let said = |start: i64, end: i64| {
            let timing = |stretch| Timing {
                stretch,
                probability: Probability::new(1.0),
                known: TimeOrigin::Measured,
            };
            let (first, last) = (stretch(start, start + 200), stretch(end - 200, end));
            let heard = [Some(timing(first)), None, Some(timing(last))];
            let found = check_captions(&given, &GUIDE, Some(&heard));
            found.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(said(1000, 2900), "");
        assert_eq!(said(1200, 2900), "it begins 0.20 s before its words");
        assert_eq!(said(800, 2900), "it begins 0.20 s after its words");
        assert_eq!(said(1000, 2400), "it stands 0.60 s after its words have ended");
    }
}
