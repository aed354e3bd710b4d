"""Prints the length of a recording in seconds: `python length.py AUDIO`."""

import sys

from faster_whisper import decode_audio

if __name__ == "__main__":
    print(len(decode_audio(sys.argv[1])) / 16_000)
