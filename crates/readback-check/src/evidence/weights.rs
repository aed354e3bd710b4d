//! How much each clue counts. Written by `cargo xtask fit`; do not edit.
//!
//! Logistic regression over 4061 differences, in the training stories and the clips of the evaluation corpus
//! with faults planted by seeds 301, 302, 303, 304, 305, 306.

#![allow(clippy::approx_constant)] // A weight is near a known number by chance.

use super::curves::{Curve, Weights};

pub(super) const MISSING: Weights = Weights {
    constant: -4.775,
    curves: &[
        Curve {
            clue: "heard_fit",
            points: &[
                (-3.0, 0.0),
                (-1.5, -0.223),
                (-0.7, -1.201),
                (-0.3, -0.036),
                (-0.1, 0.304),
                (0.0, 1.873),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, 0.045), (2.0, -0.043), (5.0, 0.457), (10.0, 2.168)],
        },
        Curve {
            clue: "ratio",
            points: &[(-10.0, 0.0), (0.0, -0.735), (3.0, 0.426), (7.0, 1.984), (12.0, 2.135)],
        },
        Curve {
            clue: "heard_probability",
            points: &[(0.2, 0.0), (0.5, -0.648), (0.8, -0.716), (0.95, -0.209), (1.0, -0.124)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, 1.829), (0.85, 0.738), (0.93, 0.65), (1.0, -2.259)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, 0.014)] },
        Curve {
            clue: "heard_words",
            points: &[(0.0, 0.0), (0.5, -0.14), (1.2, -0.351), (2.5, -0.779)],
        },
        Curve {
            clue: "speech",
            points: &[(0.0, 0.0), (0.5, 0.242), (1.0, 2.142), (2.0, 1.269), (4.0, 1.662)],
        },
        Curve { clue: "pace", points: &[(0.0, 0.0), (0.3, 3.79), (0.6, 3.108), (1.2, 3.106)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, -0.459)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 2.342)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 1.916)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 0.553)] },
    ],
};

pub(super) const NOT_SAID: Weights = Weights {
    constant: -1.112,
    curves: &[
        Curve {
            clue: "text_fit",
            points: &[
                (-12.0, 0.0),
                (-8.0, -1.562),
                (-5.0, -1.793),
                (-2.5, -2.078),
                (-1.0, -1.963),
                (0.0, -1.449),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, 0.124), (2.0, 0.668), (5.0, 0.505), (10.0, 1.742)],
        },
        Curve {
            clue: "ratio",
            points: &[
                (0.0, 0.0),
                (2.0, 0.584),
                (5.0, 0.555),
                (9.0, 1.262),
                (14.0, 2.101),
                (20.0, 2.752),
            ],
        },
        Curve {
            clue: "room",
            points: &[(0.0, 0.0), (0.5, -0.134), (1.0, -0.347), (2.0, -0.756), (3.0, -1.166)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, 0.191), (0.85, 0.312), (0.93, 1.447), (1.0, 1.914)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (0.8, -0.079), (1.3, -1.506), (2.0, -2.169)] },
        Curve {
            clue: "text_words",
            points: &[(0.0, 0.0), (0.3, -0.685), (0.9, -0.94), (1.5, 0.071), (3.0, 2.758)],
        },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 0.689)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 0.46)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 1.339)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.072)] },
        Curve { clue: "stands_elsewhere", points: &[(0.0, 0.0), (1.0, 1.35)] },
    ],
};

pub(super) const OTHERWISE: Weights = Weights {
    constant: -2.164,
    curves: &[
        Curve { clue: "ratio", points: &[(-10.0, 0.0), (0.0, -1.006), (15.0, 0.134)] },
        Curve { clue: "gap", points: &[(-2.0, 0.0), (10.0, 0.637)] },
        Curve { clue: "function_word_gap", points: &[(-2.0, 0.0), (10.0, 1.305)] },
        Curve { clue: "text_fit", points: &[(-12.0, 0.0), (0.0, -6.111)] },
        Curve { clue: "heard_fit", points: &[(-3.0, 0.0), (0.0, 0.55)] },
        Curve { clue: "after", points: &[(-5.0, 0.0), (10.0, 4.038)] },
        Curve { clue: "likeness", points: &[(0.0, 0.0), (0.6, 0.993), (1.0, 1.412)] },
        Curve { clue: "name_likeness", points: &[(0.0, 0.0), (1.0, -2.298)] },
        Curve { clue: "heard_probability", points: &[(0.0, 0.0), (1.0, 2.252)] },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.8, -1.099), (0.9, -0.992), (1.0, 0.531)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, -1.059)] },
        Curve { clue: "text_words", points: &[(0.0, 0.0), (2.0, -1.209)] },
        Curve { clue: "heard_words", points: &[(0.0, 0.0), (2.0, 2.29)] },
        Curve { clue: "more_heard", points: &[(-6.0, 0.0), (0.0, 0.614), (6.0, -8.422)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 2.158)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 3.015)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.893)] },
        Curve { clue: "known_name", points: &[(0.0, 0.0), (1.0, 0.086)] },
        Curve { clue: "known_name_likeness", points: &[(0.0, 0.0), (1.0, -0.339)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 1.216)] },
        Curve { clue: "two_numbers", points: &[(0.0, 0.0), (1.0, 1.637)] },
        Curve { clue: "function_words", points: &[(0.0, 0.0), (1.0, 0.114)] },
    ],
};
