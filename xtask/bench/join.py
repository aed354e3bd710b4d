"""Joins clips, over and over, into one WAV file of a given length, with half a second between them.

    python join.py SECONDS OUT.wav OUT.txt CLIP...

Beside each clip lies its reference text, `CLIP` with the ending `.txt`; what was said in the joined
recording goes to OUT.txt. It stops after the clip that reaches the length.
"""

import itertools
import sys
import wave
from pathlib import Path

import numpy as np
from faster_whisper import decode_audio

RATE = 16_000


def main():
    seconds, target, text, *clips = sys.argv[1:]
    heard = {clip: (decode_audio(clip) * 32767).astype(np.int16) for clip in clips}
    said = {clip: Path(clip).with_suffix(".txt").read_text("utf-8").strip() for clip in clips}
    pause, length, parts = np.zeros(RATE // 2, np.int16), 0, []
    with wave.open(target, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        for clip in itertools.cycle(clips):
            out.writeframes(heard[clip].tobytes() + pause.tobytes())
            length += len(heard[clip]) + len(pause)
            parts.append(said[clip])
            if length >= float(seconds) * RATE:
                break
    Path(text).write_text("\n\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    main()
