//! Checking a story of the archive: found things are kept with the revision, and what was rejected before
//! is not told again.

use std::path::Path;

use anyhow::{Result, bail};

use super::Arguments;
use crate::archive::Reference;
use crate::archive::read_back::StoryReader;
use crate::configuration::{Configurations, FailOn};
use crate::files;
use crate::outcome::Outcome;
use crate::progress;
use crate::report::{self, Shape, count};

/// The story that is meant by a name which is no file, if there is an archive that has it.
pub(super) fn story(arguments: &Arguments) -> Result<Option<Reference>> {
    let name = &arguments.transcript;
    if name.exists() || files::is_standard(name) || !arguments.others.is_empty() {
        return Ok(None);
    }
    let reference = name.to_str().and_then(|name| name.parse::<Reference>().ok());
    let (Some(reference), true) = (reference, arguments.place.folder().is_dir()) else {
        return Ok(None);
    };
    let is_there = arguments.place.open()?.has(&reference.slug)?;
    Ok(is_there.then_some(reference))
}

/// Checks the story against its recording.
pub(super) fn check(arguments: &Arguments, story: &Reference) -> Result<Outcome> {
    let for_files = arguments.fix || arguments.diff || arguments.baseline.is_some();
    if for_files || arguments.evidence.is_some() || arguments.heard.is_some() {
        bail!(
            "{} is a story of the archive: its findings are decided with `readback decide`, and fixes put in \
             with `readback revise --fixes`",
            story.slug
        );
    }
    let roster = arguments.roster.as_deref();
    let mut configurations = Configurations::new(arguments.config.as_deref(), roster)?;
    let fail_on = configurations.of(Path::new(story.slug.as_str()))?.fail_on;
    let mut archive = arguments.place.open()?;
    let mut reader = StoryReader::new(arguments.listening.clone(), configurations, true);
    let read = reader.read(&mut archive, story, "readback check")?;
    let shape = arguments.shape();
    if let Some(sentence) = read.refused {
        if shape == Shape::Text {
            files::print(&format!("{sentence}.\n"))?;
        } else {
            files::print(&report::render(&read.checked, shape, files::width()))?;
            progress::say(&sentence);
        }
        return Ok(Outcome::Refused);
    }
    files::print(&report::render(&read.checked, shape, files::width()))?;
    if read.rejected > 0 {
        let rejected = count(read.rejected, "finding");
        progress::say(&format!("{rejected} more, which somebody rejected"));
    }
    let fail_on = arguments.fail_on.or(fail_on).unwrap_or(FailOn::Error);
    Ok(fail_on.outcome(&read.checked.report.findings))
}
