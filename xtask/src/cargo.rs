//! Running Cargo and other programs, and where their results lie.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The program, with the features that all of the workspace asks for: with others its dependencies would be
/// compiled once more.
const PROGRAM: &[&str] = &["--workspace", "--bin", "readback"];

/// The workspace root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// Cargo itself, the one that started this task.
pub fn cargo(arguments: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    command(program, arguments)
}

/// Any program, without standard input.
pub fn command(program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs to the end, showing what it prints; any exit code but 0 is an error.
pub fn must(mut command: Command) -> Result<()> {
    eprintln!("$ {}", line(&command));
    let status = command.status().with_context(|| format!("cannot run `{}`", line(&command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(&command));
    }
    Ok(())
}

/// Runs to the end and tells whether that went well; what it prints is not shown.
pub fn succeeds(mut command: Command) -> Result<bool> {
    let output = command.output().with_context(|| format!("cannot run `{}`", line(&command)))?;
    Ok(output.status.success())
}

/// Runs to the end and returns what it printed on standard output.
pub fn output(mut command: Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run `{}`", line(&command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(&command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed no text", line(&command)))
}

/// Says what nobody should overlook among all that is printed.
pub fn loudly(text: &str) {
    let rule = "=".repeat(72);
    eprintln!("{rule}\n{text}\n{rule}");
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The program, built as the code is now.
pub fn debug_build() -> Result<PathBuf> {
    must(cargo(&[&["build", "--locked"], PROGRAM].concat()))?;
    built()
}

/// The program as it was last built, with the tests or for itself.
pub fn built() -> Result<PathBuf> {
    Ok(target_directory()?.join("debug").join("readback"))
}

/// The Readback to measure: the build that was asked for or a fresh release build, with the model
/// that it listens with in its place.
pub fn readback(build: Option<&Path>, model: &str) -> Result<PathBuf> {
    let program = if let Some(build) = build {
        build.to_owned()
    } else {
        must(cargo(&[&["build", "--release", "--locked"], PROGRAM].concat()))?;
        target_directory()?.join("release/readback")
    };
    must(command(&program, &["models", "pull", model]))?;
    Ok(program)
}

/// The example that hears a recording once and reads many texts back, with its model in its place.
pub fn read_back_program(build: Option<&Path>, model: &str) -> Result<PathBuf> {
    if let Some(build) = build {
        return Ok(build.to_owned());
    }
    let example = ["--example", "read_back"];
    must(cargo(&[&["build", "--release", "--locked"], PROGRAM, &example].concat()))?;
    let built = target_directory()?.join("release");
    must(command(built.join("readback"), &["models", "pull", model]))?;
    Ok(built.join("examples/read_back"))
}

/// Where Cargo puts what it builds.
pub fn target_directory() -> Result<PathBuf> {
    let metadata = output(cargo(&["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let directory = metadata["target_directory"].as_str();
    directory.map(PathBuf::from).context("cargo metadata names no target directory")
}
