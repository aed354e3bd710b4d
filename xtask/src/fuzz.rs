//! `cargo xtask fuzz [SECONDS] [FORMAT…]`: lets libFuzzer look for bytes that break the reader of a
//! format, beginning with the tests' fixtures, what broke a reader before among them, and with what the
//! program writes of them in that format: bytes by chance are no whole document. Where nothing is said it
//! tries a few inputs of every format, in a fresh clone always the same ones. As many formats are fuzzed at a
//! time as there are cores.
//!
//! It needs no nightly compiler: coverage is an LLVM pass that stable Rust runs when asked to, and there
//! is no `unsafe` in readers that an address sanitiser would watch.

use std::path::{Path, PathBuf};
use std::{fs, thread};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cargo::{
    built, cargo, command, debug_build, must, output, root, succeeds, target_directory,
};

/// What instruments the code so that libFuzzer sees which way an input went.
const COVERAGE: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// Bounds fuzzing by a number of inputs, so that two runs do the same.
const FEW_INPUTS: [&str; 2] = ["-runs=1000", "-seed=1"];

/// Fixtures that a format's first documents are written from: house style, captions, words with times.
const SOURCES: [&str; 3] = ["story.txt", "captions.vtt", "recognisers/whisper.json"];

/// Where inputs that broke a reader once are kept; every test run reads them again.
const KEPT: &str = "crates/readback-formats/tests/fixtures/found";

/// A format that is read.
struct Format {
    id: String,
    /// Whether the program writes it, too.
    written: bool,
}

/// Fuzzes the formats that are named, each for that many seconds.
pub fn run(arguments: &[String]) -> Result<()> {
    let seconds = arguments.first().and_then(|first| first.parse::<u32>().ok());
    let named = if seconds.is_some() { &arguments[1..] } else { arguments };
    let bounds = match seconds {
        Some(seconds) => vec![format!("-max_total_time={seconds}")],
        None => FEW_INPUTS.map(str::to_owned).to_vec(),
    };
    let readback = program()?;
    let formats = chosen(readable(&readback)?, named)?;
    let folder = target_directory()?.join("fuzz");
    let fuzzer = fuzzer(&folder, seconds.is_some())?;
    let one = |format: &Format| {
        seed(&readback, &folder, format)?;
        fuzz(&fuzzer, &folder, &format.id, &bounds)
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    for formats in formats.chunks(cores) {
        thread::scope(|scope| {
            let running: Vec<_> = formats.iter().map(|it| scope.spawn(|| one(it))).collect();
            running.into_iter().try_for_each(|it| it.join().expect("it does not panic"))
        })?;
    }
    Ok(())
}

/// Those of these names; all where none is named.
fn chosen(mut formats: Vec<Format>, named: &[String]) -> Result<Vec<Format>> {
    let unknown = named.iter().find(|name| formats.iter().all(|format| format.id != **name));
    ensure!(unknown.is_none(), "no format {unknown:?} is read");
    formats.retain(|format| named.is_empty() || named.contains(&format.id));
    Ok(formats)
}

/// Builds the fuzzer: to run for long, or soon.
fn fuzzer(folder: &Path, for_long: bool) -> Result<PathBuf> {
    let (host, profile) = (host()?, if for_long { "release" } else { "dev" });
    let mut build = cargo(&["build", "--locked", "--target", &host, "--profile", profile]);
    build
        .arg("--target-dir")
        .arg(folder)
        .arg("--manifest-path")
        .arg(root().join("fuzz/Cargo.toml"));
    build.env("RUSTFLAGS", COVERAGE.join(" "));
    must(build)?;
    Ok(folder.join(host).join(if for_long { "release" } else { "debug" }).join("formats"))
}

fn fixtures() -> PathBuf {
    root().join("crates/readback-formats/tests/fixtures")
}

/// Puts whole documents of the format where its fuzzing begins.
fn seed(readback: &Path, folder: &Path, format: &Format) -> Result<()> {
    let corpus = folder.join("corpus").join(&format.id);
    fs::create_dir_all(&corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    let mut any = !format.written;
    for source in SOURCES {
        let document = corpus.join(format!("of-{}", source.replace('/', "-")));
        let mut convert = command(readback, &["convert", "--force", "--to", &format.id]);
        convert.arg(fixtures().join(source)).arg(document);
        // Some formats are nothing without times, which not all fixtures have.
        any |= succeeds(convert)?;
    }
    if format.id == "xml" {
        // A contractor's own is only read; the documentation has one.
        let page = fs::read_to_string(root().join("docs/xml-mapping.md"))?;
        let example = page.split("```xml\n").nth(1).and_then(|rest| rest.split("```").next());
        fs::write(corpus.join("of-docs"), example.context("an example of XML in the docs")?)?;
    }
    ensure!(any, "{}: not one document could be written to begin with", format.id);
    Ok(())
}

/// Fuzzes one format.
fn fuzz(program: &Path, folder: &Path, format: &str, bounds: &[String]) -> Result<()> {
    let (corpus, found) = (folder.join("corpus").join(format), folder.join("found"));
    fs::create_dir_all(&found).with_context(|| format!("cannot make {}", found.display()))?;
    let mut fuzz = command(
        program,
        &["-max_len=8192", "-timeout=20", "-rss_limit_mb=1024", "-verbosity=0", "-print_funcs=0"],
    );
    fuzz.args(bounds)
        .arg(format!("-artifact_prefix={}", found.join(format!("{format}-")).display()))
        .args([corpus, fixtures()])
        .env("READBACK_FUZZ_FORMAT", format);
    let found = found.display();
    must(fuzz).with_context(|| {
        format!("{format}: the input that broke it lies in {found}; when it is mended, keep it in {KEPT}")
    })
}

/// The program; the one that was built for the tests will do.
fn program() -> Result<PathBuf> {
    let built = built()?;
    if built.is_file() { Ok(built) } else { debug_build() }
}

/// The formats that are read, as the program lists them.
fn readable(readback: &Path) -> Result<Vec<Format>> {
    let listed = output(command(readback, &["formats", "--format", "json"]))?;
    let listed: Value = serde_json::from_str(&listed).context("a list of formats")?;
    let formats = listed["formats"].as_array().context("a list of formats")?;
    let open = formats.iter().filter(|format| format["reads"] == true);
    let format = |format: &Value| {
        Some(Format { id: format["id"].as_str()?.to_owned(), written: format["writes"] == true })
    };
    open.map(format).collect::<Option<_>>().context("a format without a name")
}

/// The machine that the compiler builds for. Naming it keeps the instruments out of build scripts.
fn host() -> Result<String> {
    let version = output(command("rustc", &["-vV"]))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc names no host")
}
