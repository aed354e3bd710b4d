//! Building for ARM processors, and running what was built on one that is emulated.

use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo::{cargo, command, must, output};

/// The machine that is built for.
pub const TARGET: &str = "aarch64-unknown-linux-gnu";

/// Debian's packages with a compiler of C for it and its emulator, and a program of each.
const TOOLS: &[(&str, &str)] =
    &[("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"), ("qemu-aarch64", "qemu-user")];

/// Whether Rust's standard library is here for it.
pub fn is_known() -> Result<bool> {
    let library = output(command("rustc", &["--print", "target-libdir", "--target", TARGET]))?;
    Ok(std::path::Path::new(library.trim()).is_dir())
}

/// Installs what is missing of the standard library, the linker and the emulator.
pub fn install() -> Result<()> {
    if !is_known()? {
        must(command("rustup", &["target", "add", TARGET]))?;
    }
    let missing = TOOLS.iter().filter(|(tool, _)| command(tool, &["--version"]).output().is_err());
    let missing: Vec<&str> = missing.map(|&(_, package)| package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    must(command("apt-get", &["update", "-qq"]))?;
    let install = ["install", "-y", "-qq", "--no-install-recommends", "libc6-dev-arm64-cross"];
    must(command("apt-get", &[&install[..], &missing[..]].concat()))
        .context("ARM is emulated with Debian's packages; elsewhere install their like")
}

/// Cargo for that machine, whose tests run on the emulator.
pub fn emulated(arguments: &[&str]) -> Command {
    let mut command = cargo(arguments);
    command
        .args(["--target", TARGET])
        .env("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER", TOOLS[0].0)
        // Every extension that the emulator knows, the products of bytes among them.
        .env(
            "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER",
            "qemu-aarch64 -cpu max -L /usr/aarch64-linux-gnu",
        )
        .env("CC_aarch64_unknown_linux_gnu", TOOLS[0].0);
    command
}
