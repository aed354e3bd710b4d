//! Texts in and out: files, standard input and output, and files that are replaced whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use readback_formats::{
    Changes, FORMATS, Format, Loss, MAX_BYTES, Mapping, Parsed, ReadError, ReadOptions, Way,
    WriteOptions,
};
use readback_transcript::{LineIndex, Problem, Transcript};

use crate::failure::advised;
use crate::interrupt::Doomed;
use crate::progress;

/// Standard input or output, where a path is asked for.
const STANDARD: &str = "-";

/// A transcript and where it came from.
pub struct Text {
    /// As it was given; `-` is standard input.
    pub path: PathBuf,
    /// What was read.
    pub transcript: Transcript,
    /// What was malformed in it.
    pub problems: Vec<Problem>,
    /// Whether the transcript's text is the file's own text, so that edits of one fit the other.
    pub is_source: bool,
}

/// Whether `path` stands for standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path == Path::new(STANDARD)
}

/// How a path is named in reports: `-` is no name.
pub fn shown(path: &Path) -> String {
    if is_standard(path) { "<standard input>".into() } else { path.display().to_string() }
}

/// The whole path of a file, with the links and dots of its folder resolved; for standard input that of
/// a file without a name in the current folder.
pub fn resolved(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let whole = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
    let whole = whole.unwrap_or_else(|_| folder.to_path_buf());
    whole.join(path.file_name().unwrap_or_default())
}

/// A file's path from `folder` on, with `/` between its parts; the whole path where it lies elsewhere.
pub fn relative(path: &Path, folder: &Path) -> String {
    if is_standard(path) {
        return shown(path);
    }
    let whole = resolved(path);
    let from_here = whole.strip_prefix(folder).unwrap_or(&whole);
    from_here.to_string_lossy().replace('\\', "/")
}

/// How a transcript is read where its format leaves that open.
#[derive(Debug, Default, clap::Args)]
pub struct HowToRead {
    /// Read XML of a contractor's own by FILE, which names its elements and attributes
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,

    /// Read a Word document with its tracked changes, or as it was before them
    #[arg(long, value_name = "WHICH", value_parser = ["accepted", "original"], default_value = "accepted")]
    changes: String,
}

impl HowToRead {
    /// What the readers are told.
    pub fn options(&self) -> Result<ReadOptions> {
        let mapping = self.mapping.as_deref().map(mapping).transpose()?;
        let changes =
            if self.changes == "original" { Changes::Original } else { Changes::Accepted };
        Ok(ReadOptions::default().with_mapping(mapping).with_changes(changes))
    }
}

fn mapping(path: &Path) -> Result<Mapping> {
    let bytes = read(path)?;
    let what = || format!("cannot use the mapping {}", shown(path));
    let (text, _) = readback_formats::decode_text(&bytes).with_context(what)?;
    Mapping::parse(&text).with_context(what)
}

/// Reads a transcript in any known format. What is malformed in it is said on standard error.
pub fn read_transcript(path: &Path) -> Result<Text> {
    read_transcript_with(path, &ReadOptions::default())
}

/// The same, as `options` say.
pub fn read_transcript_with(path: &Path, options: &ReadOptions) -> Result<Text> {
    let text = load_transcript(path, options)?;
    say_problems(&shown(path), &text.transcript.text, &text.problems);
    Ok(text)
}

/// Reads a transcript in any known format and keeps what is malformed in it to itself.
pub fn load_transcript(path: &Path, options: &ReadOptions) -> Result<Text> {
    let bytes = read(path)?;
    let Parsed { transcript, problems } =
        interpret(&bytes, path, options).with_context(|| unreadable(path))?;
    let source = readback_formats::decode_text(&bytes);
    let is_source = source.is_ok_and(|(source, _)| source == transcript.text);
    Ok(Text { path: path.into(), transcript, problems, is_source })
}

/// Reads a transcript in the format called `from`, else in the one that it is known by. What is malformed
/// in it is said on standard error.
pub fn read_in(
    path: &Path,
    from: Option<&str>,
    options: &ReadOptions,
) -> Result<(&'static Format, Parsed)> {
    let open = |format: &Format| format.read.is_open();
    let from = from.map(|name| named(name, open)).transpose()?;
    let bytes = read(path)?;
    let known = || readback_formats::format_of(&bytes, file_name(path), options);
    let format = from.map_or_else(known, Ok);
    let parsed = |format| Ok((format, readback_formats::read_as(&bytes, format, options)?));
    let (format, parsed) = format.and_then(parsed).with_context(|| unreadable(path))?;
    say_problems(&shown(path), &parsed.transcript.text, &parsed.problems);
    Ok((format, parsed))
}

fn unreadable(path: &Path) -> String {
    format!("cannot read the transcript {}", shown(path))
}

/// The format called `name`, or which ones there are `of_use`.
fn named(name: &str, of_use: impl Fn(&Format) -> bool) -> Result<&'static Format> {
    readback_formats::format_for(name).with_context(|| {
        let all = FORMATS.iter().filter(|format| of_use(format)).map(|format| format.id);
        format!("unknown format {name}; known are {}", all.collect::<Vec<_>>().join(", "))
    })
}

/// The text after it was edited.
pub fn edited(path: &Path, text: String) -> Text {
    let transcript = match interpret(text.as_bytes(), path, &ReadOptions::default()) {
        Ok(Parsed { transcript, .. }) => transcript,
        // Nothing but what was wrong stood in it.
        Err(_) => Transcript { text, ..Transcript::default() },
    };
    Text { path: path.into(), transcript, problems: Vec::new(), is_source: true }
}

/// Reads a transcript that came in the file at `path`.
pub fn interpret(bytes: &[u8], path: &Path, options: &ReadOptions) -> Result<Parsed, ReadError> {
    readback_formats::read_with(bytes, file_name(path), options)
}

/// What a file is called; standard input is not called anything.
fn file_name(path: &Path) -> Option<&str> {
    path.file_name().and_then(|name| name.to_str()).filter(|_| !is_standard(path))
}

/// Says on standard error what is malformed in a text.
pub fn say_problems(path: &str, text: &str, problems: &[Problem]) {
    const MOST: usize = 20;
    let lines = LineIndex::new(text);
    for problem in problems.iter().take(MOST) {
        let place = lines.position(text, problem.span.start);
        progress::say(&format!("{path}:{}:{}: {}", place.line, place.column, problem.message));
    }
    if problems.len() > MOST {
        progress::say(&format!("{path}: {} more places like these", problems.len() - MOST));
    }
}

/// Reads a text file of bounded size as it is.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let what = || format!("cannot read {}", shown(path));
    let mut bytes = Vec::new();
    // One byte over the limit is enough for the reader to refuse it.
    let limit = MAX_BYTES as u64 + 1;
    if is_standard(path) {
        io::stdin().lock().take(limit).read_to_end(&mut bytes).with_context(what)?;
        return Ok(bytes);
    }
    if path.is_dir() {
        bail!("cannot read {}: it is a folder", path.display());
    }
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("there is no file {}", path.display())
        }
        file => file.with_context(what)?.take(limit).read_to_end(&mut bytes).with_context(what)?,
    };
    Ok(bytes)
}

/// Where a result goes.
pub struct Destination {
    path: Option<PathBuf>,
    force: bool,
}

impl Destination {
    /// The file given with `-o`, or standard output. A file that exists is replaced only with `force`.
    pub fn new(path: Option<&Path>, force: bool) -> Result<Self> {
        let path = path.filter(|path| !is_standard(path)).map(Path::to_path_buf);
        match &path {
            Some(path) if path.is_dir() => bail!("cannot write {}: it is a folder", path.display()),
            Some(path) if !has_folder(path) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                let (path, folder) = (path.display(), folder.display());
                bail!("cannot write {path}: there is no folder {folder}")
            }
            Some(path) if !force && path.is_file() => Err(advised(
                format!("{} exists already and was left alone", path.display()),
                "To replace it, add --force.",
            )),
            _ => Ok(Self { path, force }),
        }
    }

    /// The format asked for by `--to`, else by the file's ending, else, where it has none, `otherwise`.
    pub fn format(&self, to: Option<&str>, otherwise: &str) -> Result<&'static Format> {
        let ending =
            self.path.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
        let name = to.or(ending).unwrap_or(otherwise);
        let writable = |format: &Format| format.write.is_open();
        let format = named(name, writable).map_err(|unknown| match to {
            Some(_) => unknown,
            None => advised(
                format!("the ending of {} names no format that is written", self.shown()),
                "Name one with --to; `readback formats` lists them.",
            ),
        })?;
        if let Way::Closed(reason) = format.write {
            bail!("{} cannot be written as {}: {reason}", self.shown(), format.name);
        }
        Ok(format)
    }

    fn shown(&self) -> String {
        self.path.as_deref().map_or_else(|| "the result".into(), shown)
    }

    /// Writes `transcript`, whose source errors call `source`, and says what `format` leaves out of it.
    pub fn put(&self, transcript: &Transcript, source: &str, format: &Format) -> Result<Vec<Loss>> {
        let (_, losses) = self.put_as(transcript, source, format, &WriteOptions::default())?;
        Ok(losses)
    }

    /// The same, as `options` say; also what was written.
    pub fn put_as(
        &self,
        transcript: &Transcript,
        source: &str,
        format: &Format,
        options: &WriteOptions,
    ) -> Result<(Vec<u8>, Vec<Loss>)> {
        let content = readback_formats::write(transcript, format, options)
            .with_context(|| format!("cannot write {source} as {}", format.name))?;
        self.write(&content)?;
        let losses = readback_formats::losses(transcript, format.carries);
        if !losses.is_empty() {
            let all = in_words(&losses);
            let (shown, id) = (self.shown(), format.id);
            progress::say(&format!("{shown} leaves out {all}, for which {id} has no place"));
        }
        Ok((content, losses))
    }

    /// Writes the whole result.
    pub fn write(&self, content: &[u8]) -> Result<()> {
        match &self.path {
            None => print_bytes(content),
            Some(path) => {
                // Somebody may have made the file while the recording was heard.
                Self::new(Some(path), self.force)?;
                replace(path, content)
            }
        }
    }
}

/// `6 cues, the roles in 2 labels and the language`.
fn in_words(losses: &[Loss]) -> String {
    let all: Vec<String> = losses.iter().map(ToString::to_string).collect();
    match all.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => all.concat(),
    }
}

fn has_folder(path: &Path) -> bool {
    path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir())
}

/// The columns that a report may use: the terminal's, within reason, or 80.
pub fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(io::stdout());
    terminal.map_or(80, |(width, _)| usize::from(width.0).clamp(40, 120))
}

/// Writes `content` to standard output; colours are dropped where they are not wanted.
pub fn print(content: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    let written = out.write_all(content.as_bytes()).and_then(|()| out.flush());
    written.context("cannot write to standard output")
}

/// Writes `content` to standard output as it is.
fn print_bytes(content: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(content).and_then(|()| out.flush());
    written.context("cannot write to standard output")
}

/// Replaces the file at `path` whole or not at all, keeping its permissions; a link stays a link.
pub fn replace(path: &Path, content: &[u8]) -> Result<()> {
    let write = || {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        match fs::metadata(&target) {
            // A device or a pipe cannot be replaced, only written to.
            Ok(found) if !found.is_file() => fs::write(&target, content),
            found => swap(&target, content, found.ok().map(|found| found.permissions())),
        }
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

fn swap(target: &Path, content: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".readback-").suffix(".partial");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let (_doomed, mut partial) =
        Doomed::made(|| builder.tempfile_in(folder.unwrap_or(Path::new("."))))?;
    partial.write_all(content)?;
    if let Some(permissions) = permissions {
        partial.as_file().set_permissions(permissions)?;
    }
    partial.as_file().sync_all()?;
    partial.persist(target)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_keeps_permissions_and_leaves_no_partial() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("story.txt");
        fs::write(&path, "rush").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions.clone()).unwrap();
        replace(&path, b"corrected").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "corrected");
        assert_eq!(fs::metadata(&path).unwrap().permissions(), permissions);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("story.txt"), folder.path().join("link.txt"));
        fs::write(&path, "rush").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace(&link, b"corrected").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "corrected");
    }

    #[test]
    fn an_existing_file_is_left_alone_without_force() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Destination::new(Some(file.path()), false).is_err());
        assert!(Destination::new(Some(file.path()), true).is_ok());
    }
}
