//! How much each clue counts. Written by `cargo xtask fit`; do not edit.
//!
//! Logistic regression over 4066 differences, in the training stories and the clips of the evaluation corpus
//! with faults planted by seeds 301, 302, 303, 304, 305, 306.

#![allow(clippy::approx_constant)] // A weight is near a known number by chance.

use super::curves::{Curve, Weights};

pub(super) const MISSING: Weights = Weights {
    constant: -2.410,
    curves: &[
        Curve {
            clue: "heard_fit",
            points: &[
                (-3.0, 0.0),
                (-1.5, -0.52),
                (-0.7, -0.412),
                (-0.3, 0.532),
                (-0.1, 1.234),
                (0.0, 2.416),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, -0.586), (2.0, -0.165), (5.0, 1.137), (10.0, 3.049)],
        },
        Curve {
            clue: "ratio",
            points: &[(-10.0, 0.0), (0.0, -1.118), (3.0, -0.158), (7.0, 1.455), (12.0, 2.212)],
        },
        Curve {
            clue: "heard_probability",
            points: &[(0.2, 0.0), (0.5, 0.49), (0.8, -0.11), (0.95, 0.354), (1.0, 0.74)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, 1.24), (0.85, -0.347), (0.93, -0.214), (1.0, -4.283)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, -0.481)] },
        Curve {
            clue: "heard_words",
            points: &[(0.0, 0.0), (0.5, 0.258), (1.2, -0.091), (2.5, 1.255)],
        },
        Curve {
            clue: "speech",
            points: &[(0.0, 0.0), (0.5, -0.467), (1.0, -0.759), (2.0, -0.805), (4.0, -0.511)],
        },
        Curve { clue: "pace", points: &[(0.0, 0.0), (0.3, 0.746), (0.6, 0.698), (1.2, 1.272)] },
        Curve { clue: "foreign", points: &[(0.0, 0.0), (1.0, 1.45)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, -0.108)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 0.48)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 0.319)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.844)] },
    ],
};

pub(super) const NOT_SAID: Weights = Weights {
    constant: -1.010,
    curves: &[
        Curve {
            clue: "text_fit",
            points: &[
                (-12.0, 0.0),
                (-8.0, -1.099),
                (-5.0, -1.695),
                (-2.5, -2.139),
                (-1.0, -2.108),
                (0.0, -1.247),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, -0.383), (2.0, -0.081), (5.0, 0.025), (10.0, 1.189)],
        },
        Curve {
            clue: "ratio",
            points: &[
                (0.0, 0.0),
                (2.0, 0.573),
                (5.0, 0.678),
                (9.0, 1.635),
                (14.0, 2.626),
                (20.0, 3.348),
            ],
        },
        Curve {
            clue: "room",
            points: &[(0.0, 0.0), (0.5, -0.196), (1.0, -0.372), (2.0, -0.879), (3.0, -0.888)],
        },
        Curve { clue: "unheard", points: &[(0.0, 0.0), (0.7, 0.187), (1.5, -0.743), (3.0, 0.867)] },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, -0.413), (0.85, 0.565), (0.93, 1.833), (1.0, 1.641)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (0.8, -0.221), (1.3, -1.539), (2.0, -2.392)] },
        Curve {
            clue: "text_words",
            points: &[(0.0, 0.0), (0.3, -0.515), (0.9, -0.729), (1.5, -0.059), (3.0, 2.222)],
        },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 0.152)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 0.561)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 0.975)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.045)] },
        Curve { clue: "stands_elsewhere", points: &[(0.0, 0.0), (1.0, 1.339)] },
    ],
};

pub(super) const OTHERWISE: Weights = Weights {
    constant: -8.847,
    curves: &[
        Curve { clue: "ratio", points: &[(-10.0, 0.0), (0.0, -0.252), (15.0, 0.609)] },
        Curve { clue: "gap", points: &[(-2.0, 0.0), (10.0, 1.819)] },
        Curve { clue: "unheard", points: &[(0.0, 0.0), (1.0, -0.469), (3.0, 0.883)] },
        Curve { clue: "function_word_gap", points: &[(-2.0, 0.0), (10.0, 1.761)] },
        Curve { clue: "text_fit", points: &[(-12.0, 0.0), (0.0, -5.09)] },
        Curve { clue: "heard_fit", points: &[(-3.0, 0.0), (0.0, 0.306)] },
        Curve { clue: "after", points: &[(-5.0, 0.0), (10.0, 4.049)] },
        Curve { clue: "likeness", points: &[(0.0, 0.0), (0.6, 0.376), (1.0, 0.952)] },
        Curve { clue: "name_likeness", points: &[(0.0, 0.0), (1.0, -2.199)] },
        Curve { clue: "heard_probability", points: &[(0.0, 0.0), (1.0, 1.869)] },
        Curve { clue: "clarity", points: &[(0.6, 0.0), (0.8, 0.917), (0.9, 0.81), (1.0, 2.319)] },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, -0.956)] },
        Curve { clue: "text_words", points: &[(0.0, 0.0), (2.0, 1.114)] },
        Curve { clue: "heard_words", points: &[(0.0, 0.0), (2.0, 0.958)] },
        Curve { clue: "more_heard", points: &[(-6.0, 0.0), (0.0, 4.7), (6.0, -5.839)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 1.735)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 3.433)] },
        Curve { clue: "lost_negation", points: &[(0.0, 0.0), (1.0, 3.972)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.79)] },
        Curve { clue: "known_name", points: &[(0.0, 0.0), (1.0, 0.389)] },
        Curve { clue: "known_name_likeness", points: &[(0.0, 0.0), (1.0, -1.008)] },
        Curve { clue: "foreign", points: &[(0.0, 0.0), (1.0, 4.843)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 1.467)] },
        Curve { clue: "two_numbers", points: &[(0.0, 0.0), (1.0, 2.615)] },
        Curve { clue: "function_words", points: &[(0.0, 0.0), (1.0, -0.333)] },
    ],
};
