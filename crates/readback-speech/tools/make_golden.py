#!/usr/bin/env python3
"""Write tests/data/golden-NAME.json: what CTranslate2 computes in float32 for a made-up spectrogram.

    python3 make_golden.py MODEL_FOLDER tests/data/golden-base.json     (needs ctranslate2 and numpy)

The spectrogram is a formula, repeated in tests/network/golden.rs, so that no recording is needed. Encoder
states and logits are thinned to every `stride`-th value. Log-probabilities are taken from the logits
that `generate` returns while it is made to write the text, before any suppression.
"""

import json
import pathlib
import sys

import ctranslate2
import numpy

FRAMES = [3000, 700]
TEXT = [440, 6278, 307, 264, 2136, 13, 440, 24444, 307, 257, 3932, 466, 309, 11, 293, 300, 307, 577, 321, 1401, 309]


def spectrogram(mels, frames):
    """[mels][frames], between -1 and 1.5 like a log-mel spectrogram."""
    band = numpy.arange(mels, dtype=numpy.float64)[:, None]
    frame = numpy.arange(frames, dtype=numpy.float64)[None, :]
    voice = numpy.sin(0.11 * frame + 0.9 * band) * numpy.sin(0.013 * frame)
    tilt = numpy.cos(0.05 * band + 0.0031 * frame)
    return (0.25 + 0.75 * voice + 0.5 * tilt).astype(numpy.float32)


def log_softmax(logits):
    shifted = logits.astype(numpy.float64) - logits.max()
    return shifted - numpy.log(numpy.exp(shifted).sum())


def main(folder, target):
    model = ctranslate2.models.Whisper(folder, device="cpu", compute_type="float32")
    multilingual = model.is_multilingual
    start = [50258, 50259, 50359, 50363] if multilingual else [50257, 50362]
    tokens = start + TEXT
    cases = [case(model, tokens, len(start), frames) for frames in FRAMES]
    golden = {
        "made_with": f"ctranslate2 {ctranslate2.__version__}, float32",
        "tokens": tokens,
        "from": len(start),
        "cases": cases,
    }
    pathlib.Path(target).write_text(json.dumps(golden, indent=1) + "\n")


def case(model, tokens, start, frames):
    mel = numpy.ascontiguousarray(spectrogram(model.n_mels, frames)[None])
    encoded = model.encode(ctranslate2.StorageView.from_array(mel), to_cpu=True)
    states = numpy.array(encoded)[0]
    steps = forced_logits(model, encoded, tokens, start)
    log_probabilities = [
        float(log_softmax(step)[token]) for step, token in zip(steps, tokens[start:])
    ]
    return {
        "frames": frames,
        "encoded": thinned(states.ravel(), 300),
        "log_probabilities": log_probabilities,
        "logits": thinned(steps[-1], 150),
    }


def forced_logits(model, encoded, tokens, start):
    """Logits before each of tokens[start:], and after the last: `generate` forces a prompt's text.

    It writes at most half of max_length.
    """
    result = model.generate(
        encoded, [tokens], beam_size=1, max_length=2 * len(tokens), suppress_blank=False,
        suppress_tokens=[], return_logits_vocab=True,
    )[0]
    text = tokens[start:]
    assert result.sequences_ids[0][: len(text)] == text
    return [numpy.array(step).ravel() for step in result.logits[0][: len(text) + 1]]


def thinned(values, count):
    stride = len(values) // count | 1
    kept = [float(x) for x in values[::stride]]
    return {"length": len(values), "stride": stride, "largest": float(abs(values).max()), "values": kept}


if __name__ == "__main__":
    main(*sys.argv[1:])
