//! How long a caption is shown: from its first sound, past its last for those who read slowly, clear of
//! the next.

use readback_transcript::{Instant, Length, Stretch};

use super::{Caption, CaptionPreset};

/// The least time of a caption, even where the next one begins at the same instant.
const FLASH: Length = Length::from_millis(40);

/// When a caption is shown whose words sound for `sound` and take `reading` to read, with another to
/// begin at `next`: held into the silence after it until it can be read, as far as the preset lets it
/// linger; a gap that would be left too short to be seen is closed, or else opened.
pub(super) fn shown(
    sound: Stretch,
    reading: Length,
    next: Option<Instant>,
    preset: &CaptionPreset,
) -> Stretch {
    let start = sound.start();
    let least = start + preset.shortest.value;
    let most = start + preset.longest.value;
    let wanted = sound.end().max(least).max(start + reading);
    let mut end = wanted.min((sound.end() + preset.linger.value).max(least)).min(most);
    if let Some(next) = next {
        let last = next - preset.gap.value;
        if end > last {
            end = last;
        } else if next - end < preset.closed_below.value {
            let may_close = last <= (sound.end() + held(preset)).max(least)
                && (last <= most || preset.longest.stated().is_none());
            let opened = next - preset.closed_below.value;
            end = if may_close { last } else { end.min(opened.max(sound.end()).max(least)) };
        }
    }
    Stretch::new(start, end.max(start + FLASH))
}

/// Whether the gap between a caption and the next, which begins at `next`, is a flicker: neither closed
/// nor long enough to be seen.
pub(super) fn flickers(shown: Stretch, next: Instant, preset: &CaptionPreset) -> bool {
    let gap = next - shown.end();
    preset.gap.value < gap && gap < preset.closed_below.value
}

/// How far a caption may be held past its words to close a gap.
fn held(preset: &CaptionPreset) -> Length {
    preset.linger.value.max(preset.closed_below.value)
}

/// Lets captions that are still too short begin earlier, as far as the preset permits and silence is
/// there, and keeps every caption clear of the one before.
pub(super) fn settle(captions: &mut [Caption], needs: &[Length], preset: &CaptionPreset) {
    let mut before: Option<Instant> = None;
    for (caption, &need) in captions.iter_mut().zip(needs) {
        let (start, end) = (caption.stretch.start(), caption.stretch.end());
        let clear = before.map_or(Instant::START, |before| before + preset.closed_below.value);
        let wanted = end - need.max(preset.shortest.value).min(preset.longest.value);
        let earlier = wanted.max(start - preset.early.value).max(clear).min(start);
        let free = before.map_or(Instant::START, |before| before + preset.gap.value);
        let start = earlier.max(free.min(end - FLASH)).max(before.unwrap_or(Instant::START));
        caption.stretch = Stretch::new(start, end.max(start + FLASH));
        before = Some(caption.stretch.end());
    }
}
