"""Transcribes one recording with another recogniser and says how long the work itself took.

    python rival.py faster-whisper|faster-whisper-batched|whisper.cpp MODEL AUDIO THREADS LANGUAGE OUT.txt

MODEL is a CTranslate2 directory for the first two and a ggml file for the last. Prints one JSON object:
`load` and `work` are seconds for loading the model and for transcribing, decoding of the audio
included. Whoever starts it measures the process as a whole.
"""

import json
import os
import sys
import time
from pathlib import Path


def faster_whisper(model, audio, threads, language):
    """int8 weights, greedy decoding, everything else as it comes."""
    from faster_whisper import WhisperModel

    recogniser = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=threads)
    loaded = time.perf_counter()
    segments, _ = recogniser.transcribe(audio, language=language, beam_size=1)
    return loaded, [segment.text for segment in segments]


def faster_whisper_batched(model, audio, threads, language):
    """The same, windows cut by voice activity and decoded eight at a time."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    recogniser = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=threads)
    pipeline = BatchedInferencePipeline(model=recogniser)
    loaded = time.perf_counter()
    segments, _ = pipeline.transcribe(audio, language=language, beam_size=1, batch_size=8)
    return loaded, [segment.text for segment in segments]


def whisper_cpp(model, audio, threads, language):
    """Greedy decoding, everything else as it comes; the audio is decoded by faster-whisper's reader."""
    from faster_whisper import decode_audio
    from pywhispercpp.model import Model

    recogniser = Model(model, n_threads=threads, print_progress=False, redirect_whispercpp_logs_to=None)
    loaded = time.perf_counter()
    segments = recogniser.transcribe(decode_audio(audio), language=language)
    return loaded, [segment.text for segment in segments]


def main():
    name, model, audio, threads, language, target = sys.argv[1:]
    os.environ["OMP_NUM_THREADS"] = threads
    recognise = {
        "faster-whisper": faster_whisper,
        "faster-whisper-batched": faster_whisper_batched,
        "whisper.cpp": whisper_cpp,
    }[name]
    started = time.perf_counter()
    loaded, texts = recognise(model, audio, int(threads), language)
    done = time.perf_counter()
    Path(target).write_text(" ".join(text.strip() for text in texts) + "\n", "utf-8")
    print(json.dumps({"load": loaded - started, "work": done - loaded}))


if __name__ == "__main__":
    main()
