//! A folder to work in, a fluent way to run the program in it, and recordings made on the spot.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A temporary folder; the program runs in it and sees nothing of the machine's own settings.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// The program about to run.
pub struct Run {
    pub command: Command,
    input: Option<Vec<u8>>,
    desk: Option<Desk>,
}

/// What a run came to.
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["home", "bin", "models"] {
            fs::create_dir(folder.path().join(name)).expect("a new folder");
        }
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a new folder");
        fs::write(path, content).expect("a new file");
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a text file")
    }

    /// The names of what lies in a folder, hidden files too, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The program with these arguments, split at blanks. It finds no other program, no network, no
    /// model and no settings unless the test gives them.
    pub fn run(&self, arguments: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_readback"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.path("home"))
            .env("PATH", self.path("bin"))
            .env("READBACK_MODELS", self.path("models"))
            .env("HF_ENDPOINT", "http://127.0.0.1:9");
        Run { command, input: None, desk: None }
    }
}

impl Run {
    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// An argument that may hold blanks.
    pub fn arg(mut self, argument: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Keeps the desk until the run is over.
    pub fn keep(mut self, desk: Desk) -> Self {
        self.desk = Some(desk);
        self
    }

    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// Runs to the end and checks the exit code.
    pub fn code(mut self, code: i32) -> Ran {
        let ran = Ran::from(self.output());
        assert_eq!(ran.code, Some(code), "stdout:\n{}\nstderr:\n{}", ran.stdout, ran.stderr);
        ran
    }

    /// Starts it; nobody listens to what it says.
    pub fn started(mut self) -> Child {
        let quiet = self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        quiet.spawn().expect("the program starts")
    }

    fn output(&mut self) -> Output {
        use std::io::Write;
        let stdin = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        let child = self.command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the program starts");
        if let Some(bytes) = self.input.take() {
            let mut stdin = child.stdin.take().expect("a pipe");
            // A program that reads no further closes the pipe; its output tells whether that was right.
            let _ = stdin.write_all(&bytes);
        }
        child.wait_with_output().expect("the program ends")
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }
}

impl Ran {
    /// Standard error, word for word.
    #[track_caller]
    pub fn says(self, stderr: &str) -> Self {
        assert_eq!(self.stderr.trim_end(), stderr);
        self
    }

    /// Standard output, word for word.
    #[track_caller]
    pub fn prints(self, stdout: &str) -> Self {
        assert_eq!(self.stdout, stdout);
        self
    }

    #[track_caller]
    pub fn prints_part(self, part: &str) -> Self {
        assert!(self.stdout.contains(part), "no “{part}” in:\n{}", self.stdout);
        self
    }

    #[track_caller]
    pub fn says_part(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "no “{part}” in:\n{}", self.stderr);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect("JSON on standard output")
    }
}

/// A WAV file with a sample for each frame, the same on every channel, within -1 and 1.
pub fn wav(rate: u32, channels: u16, bits: u16, samples: impl Iterator<Item = f64>) -> Vec<u8> {
    let mut data = Vec::new();
    for sample in samples {
        for _ in 0..channels {
            match bits {
                8 => data.push((sample * 127.0 + 128.0) as u8),
                _ => data.extend(((sample * 32767.0) as i16).to_le_bytes()),
            }
        }
    }
    let bytes = u32::from(bits / 8) * u32::from(channels);
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((36 + data.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16u32.to_le_bytes());
    file.extend(1u16.to_le_bytes());
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * bytes).to_le_bytes());
    file.extend((bytes as u16).to_le_bytes());
    file.extend(bits.to_le_bytes());
    file.extend(b"data");
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file
}

/// Silence at 16 kHz.
pub fn silence(seconds: f64) -> Vec<u8> {
    wav(16_000, 1, 16, std::iter::repeat_n(0.0, (16_000.0 * seconds) as usize))
}

/// The folder of an installed speech model, or `None` and a line that says what is skipped.
pub fn installed(model: &str) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let caches = || set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
    let root = set("READBACK_MODELS").or_else(|| caches().map(|c| c.join("readback/models")));
    let folder = root.map(|root| root.join(model)).filter(|folder| is_model(folder));
    if folder.is_none() {
        eprintln!("SKIPPED: the model {model} is not installed (`readback models pull {model}`)");
    }
    folder
}

fn is_model(folder: &Path) -> bool {
    folder.join("model.bin").is_file()
}
