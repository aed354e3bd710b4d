//! `readback.toml`: what a desk expects of its texts and has decided about findings. It is looked for in
//! the folder of a text and in those above it; the nearest one counts, alone.

mod source;
mod written;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result};
use globset::{GlobBuilder, GlobMatcher};
use readback_check::{
    HOUSES, House, Ignored, Level, RULES, Roster, Rule, Settings, Severity, Style,
};
use toml::Spanned;

use crate::files;
use crate::options::{self, Listening};
use source::unknown;
use written::{Ignore, Names, RuleLevel, Written};

pub(crate) use source::Source;
pub use written::FailOn;

const FILE: &str = "readback.toml";

/// What one `readback.toml` says.
#[derive(Debug, Default)]
pub struct Configuration {
    /// What is expected of a text.
    pub style: Style,
    /// The speech model to listen with: a known name, or a folder.
    pub model: Option<String>,
    /// The language that is spoken.
    pub language: Option<String>,
    /// From which severity on a check ends with exit code 1.
    pub fail_on: Option<FailOn>,
    /// Where the file lies; paths in it are relative to this.
    folder: PathBuf,
    levels: BTreeMap<&'static str, Level>,
    ignored: Vec<(Option<GlobMatcher>, Ignored)>,
}

impl Configuration {
    /// Reads the file at `path`; `names` are settled besides its own.
    fn read(path: &Path, names: &str) -> Result<Self> {
        let source = Source::read(path)?;
        let written: Written = source.parse()?;
        let folder = files::resolved(path).parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Self {
            style: Style {
                house: written.house.as_ref().map(|name| source.house(name)).transpose()?,
                roster: roster(&written.roster, &folder, names)?,
                cues: written.cues,
                captions: None,
            },
            model: written.model.map(|name| model(name.into_inner(), &folder)),
            language: written.language.map(|code| source.language(&code)).transpose()?,
            fail_on: written.fail_on,
            levels: source.levels(written.rules)?,
            ignored: written.ignore.iter().map(|one| source.ignored(one)).collect::<Result<_>>()?,
            folder,
        })
    }

    /// What the command line says about listening, and the configuration where that says nothing.
    pub fn listening(&self, given: &Listening) -> Listening {
        let mut listening = given.clone();
        listening.model = listening.model.or_else(|| self.model.clone());
        listening.language = listening.language.or_else(|| self.language.clone());
        listening
    }

    /// What was decided about findings in the text at `path`.
    pub fn settings(&self, path: &Path) -> Settings {
        let shown = files::relative(path, &self.folder);
        let here =
            |glob: &Option<GlobMatcher>| glob.as_ref().is_none_or(|glob| glob.is_match(&shown));
        let ignored = self.ignored.iter().filter(|(glob, _)| here(glob));
        Settings {
            levels: self.levels.clone(),
            ignored: ignored.map(|(_, ignored)| ignored.clone()).collect(),
        }
    }
}

fn roster(written: &Names, folder: &Path, names: &str) -> Result<Roster> {
    let own = written.names.join("\n");
    let listed = written.file.as_ref().map(|file| read_names(&folder.join(file))).transpose()?;
    Ok(Roster::parse(&[&own, listed.as_deref().unwrap_or_default(), names].join("\n")))
}

/// A folder is meant from where the configuration lies; anything else is a name.
fn model(name: String, folder: &Path) -> String {
    let own = folder.join(&name);
    if own.is_dir() { own.to_string_lossy().into_owned() } else { name }
}

/// The text of a file of names.
fn read_names(path: &Path) -> Result<String> {
    let bytes = files::read(path)?;
    let read = readback_formats::decode_text(&bytes);
    let (names, _) = read.with_context(|| format!("cannot read the roster {}", path.display()))?;
    Ok(names.into_owned())
}

/// Names that must be known, held against what is.
impl Source {
    fn house(&self, name: &Spanned<String>) -> Result<&'static House> {
        House::named(name.get_ref()).ok_or_else(|| {
            let known: Vec<&str> = HOUSES.iter().map(|house| house.id).collect();
            self.error(name.span(), &unknown("house", name.get_ref(), &known))
        })
    }

    fn rule(&self, name: &Spanned<String>) -> Result<&'static Rule> {
        Rule::named(name.get_ref()).ok_or_else(|| {
            let known: Vec<&str> = RULES.iter().flat_map(|rule| [rule.name, rule.code]).collect();
            self.error(name.span(), &unknown("rule", name.get_ref(), &known))
        })
    }

    fn language(&self, code: &Spanned<String>) -> Result<String> {
        options::language(code.get_ref()).map_err(|advice| self.error(code.span(), &advice))
    }

    fn levels(
        &self,
        written: BTreeMap<Spanned<String>, RuleLevel>,
    ) -> Result<BTreeMap<&'static str, Level>> {
        let mut levels = BTreeMap::new();
        for (name, level) in written {
            let rule = self.rule(&name)?;
            if levels.insert(rule.code, in_effect(level)).is_some() {
                let twice =
                    format!("{} is the rule {}, which is set already", rule.name, rule.code);
                return Err(self.error(name.span(), &twice));
            }
        }
        Ok(levels)
    }

    fn ignored(&self, written: &Ignore) -> Result<(Option<GlobMatcher>, Ignored)> {
        let rule = self.rule(&written.rule)?;
        if written.reason.get_ref().trim().is_empty() {
            return Err(self.error(written.reason.span(), "the reason is empty"));
        }
        let empty = written.text.as_ref().filter(|text| text.get_ref().trim().is_empty());
        if let Some(text) = empty {
            return Err(self.error(text.span(), "the text is empty"));
        }
        let glob = written.path.as_ref().map(|path| self.glob(path)).transpose()?;
        let passage = written.text.as_ref().map(|text| text.get_ref().as_str());
        let place = written.text.as_ref().map_or(0..0, Spanned::span);
        let ignored = Ignored::new(rule, passage);
        Ok((glob, ignored.map_err(|error| self.error(place, &error.to_string()))?))
    }

    fn glob(&self, path: &Spanned<String>) -> Result<GlobMatcher> {
        let glob = GlobBuilder::new(path.get_ref()).literal_separator(true).build();
        let glob = glob.map_err(|error| {
            self.error(path.span(), &format!("the path is no pattern: {}", error.kind()))
        })?;
        Ok(glob.compile_matcher())
    }
}

fn in_effect(level: RuleLevel) -> Level {
    match level {
        RuleLevel::Off => Level::Off,
        RuleLevel::Info => Level::At(Severity::Info),
        RuleLevel::Warning => Level::At(Severity::Warning),
        RuleLevel::Error => Level::At(Severity::Error),
    }
}

/// The configurations of the texts of one run, each read once.
pub struct Configurations {
    /// Names that the command line settles.
    names: String,
    /// The one for every text, where the command line names it.
    chosen: Option<Rc<Configuration>>,
    /// The one without a file.
    plain: Rc<Configuration>,
    /// Those found, by the folder of the text.
    found: HashMap<PathBuf, Rc<Configuration>>,
}

impl Configurations {
    /// `chosen` is the file for every text, instead of the nearest; the names in the file `roster` are
    /// settled for every text, too.
    pub fn new(chosen: Option<&Path>, roster: Option<&Path>) -> Result<Self> {
        let names = roster.map(read_names).transpose()?.unwrap_or_default();
        let chosen = chosen.map(|path| Configuration::read(path, &names)).transpose()?;
        let style = Style { roster: Roster::parse(&names), ..Style::default() };
        Ok(Self {
            chosen: chosen.map(Rc::new),
            plain: Rc::new(Configuration { style, ..Configuration::default() }),
            found: HashMap::new(),
            names,
        })
    }

    /// The configuration of the text at `path`; standard input has that of the current folder.
    pub fn of(&mut self, path: &Path) -> Result<Rc<Configuration>> {
        if let Some(chosen) = &self.chosen {
            return Ok(chosen.clone());
        }
        match files::resolved(path).parent() {
            Some(folder) => self.of_folder(folder),
            None => Ok(self.plain.clone()),
        }
    }

    fn of_folder(&mut self, folder: &Path) -> Result<Rc<Configuration>> {
        if let Some(found) = self.found.get(folder) {
            return Ok(found.clone());
        }
        let file = folder.join(FILE);
        let configuration = match folder.parent() {
            _ if file.is_file() => Rc::new(Configuration::read(&file, &self.names)?),
            Some(above) => self.of_folder(above)?,
            None => self.plain.clone(),
        };
        self.found.insert(folder.to_path_buf(), configuration.clone());
        Ok(configuration)
    }
}
