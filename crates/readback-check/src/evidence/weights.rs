//! How much each clue counts. Written by `cargo xtask fit`; do not edit.
//!
//! Logistic regression over 6082 differences, in the training stories and the clips of the corpus for fitting
//! with faults planted by seeds 301, 302, 303, 304, 305, 306.

#![allow(clippy::approx_constant)] // A weight is near a known number by chance.

use super::curves::{Curve, Weights};

pub(super) const MISSING: Weights = Weights {
    constant: -5.457,
    curves: &[
        Curve {
            clue: "heard_fit",
            points: &[
                (-3.0, 0.0),
                (-1.5, 0.482),
                (-0.7, -0.088),
                (-0.3, -0.589),
                (-0.1, 0.55),
                (0.0, 0.961),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, 0.05), (2.0, -0.649), (5.0, -0.471), (10.0, -0.16)],
        },
        Curve {
            clue: "ratio",
            points: &[(-10.0, 0.0), (0.0, 0.63), (3.0, 1.452), (7.0, 3.132), (12.0, 4.948)],
        },
        Curve {
            clue: "heard_probability",
            points: &[(0.2, 0.0), (0.5, -0.493), (0.8, 0.112), (0.95, 0.533), (1.0, 1.2)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, -0.0), (0.85, 0.894), (0.93, 1.909), (1.0, 1.31)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, 0.279)] },
        Curve {
            clue: "heard_words",
            points: &[(0.0, 0.0), (0.5, 0.762), (1.2, 1.363), (2.5, 1.106)],
        },
        Curve {
            clue: "speech",
            points: &[(0.0, 0.0), (0.5, -1.01), (1.0, -2.367), (2.0, -1.062), (4.0, 0.969)],
        },
        Curve { clue: "pace", points: &[(0.0, 0.0), (0.3, 0.344), (0.6, 1.276), (1.2, 1.73)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, -0.468)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 1.122)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 2.085)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.259)] },
    ],
};

pub(super) const NOT_SAID: Weights = Weights {
    constant: -6.892,
    curves: &[
        Curve {
            clue: "text_fit",
            points: &[
                (-12.0, 0.0),
                (-8.0, -1.344),
                (-5.0, -1.981),
                (-2.5, -1.467),
                (-1.0, -1.014),
                (0.0, 0.044),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, 0.072), (2.0, 0.218), (5.0, 0.745), (10.0, 2.268)],
        },
        Curve {
            clue: "ratio",
            points: &[
                (0.0, 0.0),
                (2.0, 1.201),
                (5.0, 2.41),
                (9.0, 3.562),
                (14.0, 5.374),
                (20.0, 5.739),
            ],
        },
        Curve {
            clue: "room",
            points: &[(0.0, 0.0), (0.5, -0.092), (1.0, -1.958), (2.0, -2.654), (3.0, -3.891)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, 0.0), (0.85, 3.726), (0.93, 3.797), (1.0, 2.855)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (0.8, 2.626), (1.3, 2.679), (2.0, 2.91)] },
        Curve {
            clue: "text_words",
            points: &[(0.0, 0.0), (0.3, 0.526), (0.9, 1.036), (1.5, 1.792), (3.0, 3.43)],
        },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 0.242)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 0.123)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 0.847)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, -2.108)] },
        Curve { clue: "stands_elsewhere", points: &[(0.0, 0.0), (1.0, 1.019)] },
    ],
};

pub(super) const OTHERWISE: Weights = Weights {
    constant: -12.686,
    curves: &[
        Curve { clue: "ratio", points: &[(-10.0, 0.0), (0.0, -0.435), (15.0, 0.838)] },
        Curve { clue: "gap", points: &[(-2.0, 0.0), (10.0, 2.361)] },
        Curve { clue: "function_word_gap", points: &[(-2.0, 0.0), (10.0, 1.17)] },
        Curve { clue: "text_fit", points: &[(-12.0, 0.0), (0.0, -2.659)] },
        Curve { clue: "heard_fit", points: &[(-3.0, 0.0), (0.0, -0.352)] },
        Curve { clue: "after", points: &[(-5.0, 0.0), (10.0, 5.308)] },
        Curve { clue: "likeness", points: &[(0.0, 0.0), (0.6, 1.075), (1.0, 1.258)] },
        Curve { clue: "name_likeness", points: &[(0.0, 0.0), (1.0, -5.626)] },
        Curve { clue: "heard_probability", points: &[(0.0, 0.0), (1.0, 2.233)] },
        Curve { clue: "clarity", points: &[(0.6, 0.0), (0.8, 6.192), (0.9, 6.775), (1.0, 8.57)] },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, 3.124)] },
        Curve { clue: "text_words", points: &[(0.0, 0.0), (2.0, -1.658)] },
        Curve { clue: "heard_words", points: &[(0.0, 0.0), (2.0, 0.579)] },
        Curve { clue: "more_heard", points: &[(-6.0, 0.0), (0.0, -0.622), (6.0, -9.274)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 0.553)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 1.98)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 4.249)] },
        Curve { clue: "known_name", points: &[(0.0, 0.0), (1.0, 0.677)] },
        Curve { clue: "known_name_likeness", points: &[(0.0, 0.0), (1.0, -1.344)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 0.351)] },
        Curve { clue: "two_numbers", points: &[(0.0, 0.0), (1.0, 3.592)] },
        Curve { clue: "function_words", points: &[(0.0, 0.0), (1.0, 0.892)] },
    ],
};
