"""Prints the golden log-mel values that src/features.rs compares itself with.

Needs faster-whisper 1.2.1 and numpy. The signal is the test's `sweep`, padded with silence to 30 s.
"""

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor

RATE = 16_000
t = np.arange(RATE * 5 // 2) / RATE
sweep = np.sin(2 * np.pi * (100 * t + 1_000 * t * t)) * (0.1 + 0.4 * np.abs(np.sin(3 * t)))
audio = np.zeros(30 * RATE, dtype=np.float32)
audio[: len(sweep)] = sweep.astype(np.float32)

for bands in (80, 128):
    mel = FeatureExtractor(feature_size=bands)(audio, padding=0)
    places = [(0, 0), (3, 1), (5, 10), (20, 60), (40, 120), (bands // 2, 149), (bands - 20, 200),
              (bands - 2, 249), (bands - 1, 250), (7, 251), (9, 252), (bands - 1, 2999)]
    values = ", ".join(f"({b}, {f}, {mel[b, f]:.6f})" for b, f in places)
    print(f"const GOLDEN_{bands}: &[(usize, usize, f32)] = &[{values}];")
