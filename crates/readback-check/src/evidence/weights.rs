//! How much each clue counts. Written by `cargo xtask fit`; do not edit.
//!
//! Logistic regression over 8037 differences, in the training stories and the clips of the corpus for fitting
//! with faults planted by seeds 301, 302, 303, 304, 305, 306.

#![allow(clippy::approx_constant)] // A weight is near a known number by chance.

use super::curves::{Curve, Weights};

pub(super) const MISSING: Weights = Weights {
    constant: -7.198,
    curves: &[
        Curve {
            clue: "heard_fit",
            points: &[
                (-3.0, 0.0),
                (-1.5, 0.77),
                (-0.7, -0.465),
                (-0.3, -1.18),
                (-0.1, 0.21),
                (0.0, 2.059),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, 0.034), (2.0, -1.072), (5.0, -1.243), (10.0, -0.768)],
        },
        Curve {
            clue: "ratio",
            points: &[(-10.0, 0.0), (0.0, 1.449), (3.0, 2.421), (7.0, 2.981), (12.0, 5.063)],
        },
        Curve {
            clue: "heard_probability",
            points: &[(0.2, 0.0), (0.5, -0.794), (0.8, 0.101), (0.95, -1.064), (1.0, -1.106)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, 0.0), (0.85, 2.176), (0.93, 2.704), (1.0, 3.135)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, 1.806)] },
        Curve {
            clue: "heard_words",
            points: &[(0.0, 0.0), (0.5, 0.317), (1.2, 1.567), (2.5, 0.52)],
        },
        Curve {
            clue: "speech",
            points: &[(0.0, 0.0), (0.5, -1.861), (1.0, -3.111), (2.0, -1.352), (4.0, -1.536)],
        },
        Curve { clue: "pace", points: &[(0.0, 0.0), (0.3, 1.649), (0.6, 3.175), (1.2, 3.58)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, -0.478)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, -0.084)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 2.482)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.049)] },
    ],
};

pub(super) const NOT_SAID: Weights = Weights {
    constant: -6.076,
    curves: &[
        Curve {
            clue: "text_fit",
            points: &[
                (-12.0, 0.0),
                (-8.0, -1.012),
                (-5.0, -1.428),
                (-2.5, -0.627),
                (-1.0, 0.072),
                (0.0, 2.126),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, 0.289), (2.0, 0.396), (5.0, 0.302), (10.0, 1.114)],
        },
        Curve {
            clue: "ratio",
            points: &[
                (0.0, 0.0),
                (2.0, 1.284),
                (5.0, 2.297),
                (9.0, 3.472),
                (14.0, 5.555),
                (20.0, 6.515),
            ],
        },
        Curve {
            clue: "room",
            points: &[(0.0, 0.0), (0.5, 0.287), (1.0, -1.584), (2.0, -2.167), (3.0, -2.757)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, -0.0), (0.85, 0.08), (0.93, 1.036), (1.0, 1.012)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (0.8, 3.522), (1.3, 3.599), (2.0, 3.664)] },
        Curve {
            clue: "text_words",
            points: &[(0.0, 0.0), (0.3, 0.148), (0.9, 0.346), (1.5, 1.349), (3.0, 3.841)],
        },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 0.559)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 1.539)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 0.02)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, -1.199)] },
        Curve { clue: "stands_elsewhere", points: &[(0.0, 0.0), (1.0, 1.64)] },
    ],
};

pub(super) const OTHERWISE: Weights = Weights {
    constant: -15.076,
    curves: &[
        Curve { clue: "ratio", points: &[(-10.0, 0.0), (0.0, -1.406), (15.0, -0.001)] },
        Curve { clue: "gap", points: &[(-2.0, 0.0), (10.0, 2.379)] },
        Curve { clue: "function_word_gap", points: &[(-2.0, 0.0), (10.0, 0.809)] },
        Curve { clue: "text_fit", points: &[(-12.0, 0.0), (0.0, -2.336)] },
        Curve { clue: "heard_fit", points: &[(-3.0, 0.0), (0.0, -0.114)] },
        Curve { clue: "after", points: &[(-5.0, 0.0), (10.0, 5.458)] },
        Curve { clue: "likeness", points: &[(0.0, 0.0), (0.6, 1.967), (1.0, 2.4)] },
        Curve { clue: "name_likeness", points: &[(0.0, 0.0), (1.0, -5.987)] },
        Curve { clue: "heard_probability", points: &[(0.0, 0.0), (1.0, 1.596)] },
        Curve { clue: "clarity", points: &[(0.6, 0.0), (0.8, 4.07), (0.9, 5.028), (1.0, 6.876)] },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, 2.819)] },
        Curve { clue: "text_words", points: &[(0.0, 0.0), (2.0, -0.96)] },
        Curve { clue: "heard_words", points: &[(0.0, 0.0), (2.0, 0.316)] },
        Curve { clue: "more_heard", points: &[(-6.0, 0.0), (0.0, 3.437), (6.0, -4.88)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 0.399)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 1.708)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 4.581)] },
        Curve { clue: "known_name", points: &[(0.0, 0.0), (1.0, 0.831)] },
        Curve { clue: "known_name_likeness", points: &[(0.0, 0.0), (1.0, -1.787)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 0.441)] },
        Curve { clue: "two_numbers", points: &[(0.0, 0.0), (1.0, 4.05)] },
        Curve { clue: "function_words", points: &[(0.0, 0.0), (1.0, 1.147)] },
    ],
};
