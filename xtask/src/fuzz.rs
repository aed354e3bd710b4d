//! `cargo xtask fuzz [SECONDS] [FORMAT…]`: lets libFuzzer look for bytes that break the reader of a
//! format, beginning with the tests' fixtures. Where nothing is said it tries a few inputs of every format,
//! in a fresh clone always the same ones. As many formats are fuzzed at a time as there are cores.
//!
//! It needs no nightly compiler: coverage is an LLVM pass that stable Rust runs when asked to, and there
//! is no `unsafe` in readers that an address sanitiser would watch.

use std::path::Path;
use std::{fs, thread};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::cargo::{cargo, command, must, output, root, target_directory};

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

/// Fuzzes the formats that are named, each for that many seconds.
pub fn run(arguments: &[String]) -> Result<()> {
    let (bounds, named) = match arguments.split_first() {
        Some((first, rest)) if first.parse::<u32>().is_ok() => {
            (vec![format!("-max_total_time={first}")], rest)
        }
        _ => (FEW_INPUTS.map(str::to_owned).to_vec(), arguments),
    };
    let formats = if named.is_empty() { readable()? } else { named.to_vec() };
    let folder = target_directory()?.join("fuzz");
    let (manifest, target) = (root().join("fuzz/Cargo.toml"), folder.display().to_string());
    let host = host()?;
    let mut build =
        cargo(&["build", "--release", "--locked", "--target", &host, "--target-dir", &target]);
    build.arg("--manifest-path").arg(&manifest).env("RUSTFLAGS", COVERAGE.join(" "));
    must(build)?;
    let program = folder.join(&host).join("release/formats");
    let one = |format: &String| fuzz(&program, &folder, format, &bounds);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    for formats in formats.chunks(cores) {
        thread::scope(|scope| {
            let running: Vec<_> = formats.iter().map(|it| scope.spawn(|| one(it))).collect();
            running.into_iter().try_for_each(|it| it.join().expect("it does not panic"))
        })?;
    }
    Ok(())
}

/// Fuzzes one format.
fn fuzz(program: &Path, folder: &Path, format: &str, bounds: &[String]) -> Result<()> {
    let fixtures = root().join("crates/readback-formats/tests/fixtures");
    let (corpus, found) = (folder.join("corpus").join(format), folder.join("found"));
    for made in [&corpus, &found] {
        fs::create_dir_all(made).with_context(|| format!("cannot make {}", made.display()))?;
    }
    let mut fuzz = command(
        program,
        &["-max_len=4096", "-timeout=20", "-rss_limit_mb=1024", "-verbosity=0", "-print_funcs=0"],
    );
    fuzz.args(bounds)
        .arg(format!("-artifact_prefix={}", found.join(format!("{format}-")).display()))
        .args([&corpus, &fixtures])
        .env("READBACK_FUZZ_FORMAT", format);
    let found = found.display();
    must(fuzz).with_context(|| format!("{format}: the input that broke it lies in {found}"))
}

/// The formats that are read, as the program lists them; the one that was built for the tests will do.
fn readable() -> Result<Vec<String>> {
    let readback = target_directory()?.join("debug").join("readback");
    if !readback.is_file() {
        must(cargo(&["build", "--package", "readback", "--locked"]))?;
    }
    let listed = output(command(&readback, &["formats", "--format", "json"]))?;
    let listed: Value = serde_json::from_str(&listed).context("a list of formats")?;
    let formats = listed["formats"].as_array().context("a list of formats")?;
    let open = formats.iter().filter(|format| format["reads"] == true);
    Ok(open.filter_map(|format| format["id"].as_str().map(str::to_owned)).collect())
}

/// The machine that the compiler builds for. Naming it keeps the instruments out of build scripts.
fn host() -> Result<String> {
    let version = output(command("rustc", &["-vV"]))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc names no host")
}
