//! How much each clue counts. Written by `cargo xtask fit`; do not edit.
//!
//! Logistic regression over 4150 differences, in the training stories and the clips of the evaluation corpus
//! with faults planted by seeds 301, 302, 303, 304, 305, 306.

#![allow(clippy::approx_constant)] // A weight is near a known number by chance.

use super::curves::{Curve, Weights};

pub(super) const MISSING: Weights = Weights {
    constant: -2.539,
    curves: &[
        Curve {
            clue: "heard_fit",
            points: &[
                (-3.0, 0.0),
                (-1.5, -0.45),
                (-0.7, -1.742),
                (-0.3, -0.127),
                (-0.1, 0.529),
                (0.0, 2.255),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, -0.688), (2.0, 0.029), (5.0, 1.444), (10.0, 2.438)],
        },
        Curve {
            clue: "ratio",
            points: &[(-10.0, 0.0), (0.0, -1.0), (3.0, -0.256), (7.0, 0.609), (12.0, 1.634)],
        },
        Curve {
            clue: "heard_probability",
            points: &[(0.2, 0.0), (0.5, 0.043), (0.8, -0.733), (0.95, -0.499), (1.0, -0.411)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, -0.797), (0.85, -1.245), (0.93, -1.146), (1.0, -4.604)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, -1.157)] },
        Curve {
            clue: "heard_words",
            points: &[(0.0, 0.0), (0.5, -0.279), (1.2, -0.037), (2.5, 2.14)],
        },
        Curve {
            clue: "speech",
            points: &[(0.0, 0.0), (0.5, 0.264), (1.0, 0.576), (2.0, 1.123), (4.0, 0.807)],
        },
        Curve { clue: "pace", points: &[(0.0, 0.0), (0.3, 3.813), (0.6, 3.703), (1.2, 3.214)] },
        Curve { clue: "foreign", points: &[(0.0, 0.0), (1.0, -0.521)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, -0.452)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, -0.213)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 0.589)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 0.849)] },
    ],
};

pub(super) const NOT_SAID: Weights = Weights {
    constant: -1.399,
    curves: &[
        Curve {
            clue: "text_fit",
            points: &[
                (-12.0, 0.0),
                (-8.0, -1.491),
                (-5.0, -1.437),
                (-2.5, -1.973),
                (-1.0, -2.03),
                (0.0, -1.286),
            ],
        },
        Curve {
            clue: "after",
            points: &[(-5.0, 0.0), (0.0, -0.468), (2.0, -0.309), (5.0, -0.09), (10.0, 1.144)],
        },
        Curve {
            clue: "ratio",
            points: &[
                (0.0, 0.0),
                (2.0, 0.86),
                (5.0, 0.799),
                (9.0, 1.825),
                (14.0, 2.873),
                (20.0, 3.124),
            ],
        },
        Curve {
            clue: "room",
            points: &[(0.0, 0.0), (0.5, -0.1), (1.0, -0.681), (2.0, -1.282), (3.0, -1.437)],
        },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.75, 0.301), (0.85, 0.934), (0.93, 2.159), (1.0, 2.461)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (0.8, -0.339), (1.3, -1.892), (2.0, -1.942)] },
        Curve {
            clue: "text_words",
            points: &[(0.0, 0.0), (0.3, -0.543), (0.9, -0.643), (1.5, 0.267), (3.0, 2.577)],
        },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 0.132)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 0.518)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 0.477)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.046)] },
        Curve { clue: "stands_elsewhere", points: &[(0.0, 0.0), (1.0, 1.388)] },
    ],
};

pub(super) const OTHERWISE: Weights = Weights {
    constant: -10.339,
    curves: &[
        Curve { clue: "ratio", points: &[(-10.0, 0.0), (0.0, 0.17), (15.0, 0.815)] },
        Curve { clue: "gap", points: &[(-2.0, 0.0), (10.0, 1.919)] },
        Curve { clue: "function_word_gap", points: &[(-2.0, 0.0), (10.0, 2.054)] },
        Curve { clue: "text_fit", points: &[(-12.0, 0.0), (0.0, -5.058)] },
        Curve { clue: "heard_fit", points: &[(-3.0, 0.0), (0.0, -0.016)] },
        Curve { clue: "after", points: &[(-5.0, 0.0), (10.0, 4.096)] },
        Curve { clue: "likeness", points: &[(0.0, 0.0), (0.6, 0.798), (1.0, 1.235)] },
        Curve { clue: "name_likeness", points: &[(0.0, 0.0), (1.0, -2.122)] },
        Curve { clue: "heard_probability", points: &[(0.0, 0.0), (1.0, 2.241)] },
        Curve {
            clue: "clarity",
            points: &[(0.6, 0.0), (0.8, -1.865), (0.9, -1.761), (1.0, 0.219)],
        },
        Curve { clue: "turns", points: &[(0.0, 0.0), (2.0, -0.498)] },
        Curve { clue: "text_words", points: &[(0.0, 0.0), (2.0, 2.825)] },
        Curve { clue: "heard_words", points: &[(0.0, 0.0), (2.0, -1.396)] },
        Curve { clue: "more_heard", points: &[(-6.0, 0.0), (0.0, 7.765), (6.0, 0.692)] },
        Curve { clue: "number", points: &[(0.0, 0.0), (1.0, 1.405)] },
        Curve { clue: "negation", points: &[(0.0, 0.0), (1.0, 3.501)] },
        Curve { clue: "lost_negation", points: &[(0.0, 0.0), (1.0, 3.824)] },
        Curve { clue: "name", points: &[(0.0, 0.0), (1.0, 1.851)] },
        Curve { clue: "known_name", points: &[(0.0, 0.0), (1.0, 0.116)] },
        Curve { clue: "known_name_likeness", points: &[(0.0, 0.0), (1.0, -0.647)] },
        Curve { clue: "foreign", points: &[(0.0, 0.0), (1.0, 1.741)] },
        Curve { clue: "part", points: &[(0.0, 0.0), (1.0, 1.283)] },
        Curve { clue: "two_numbers", points: &[(0.0, 0.0), (1.0, 2.319)] },
        Curve { clue: "function_words", points: &[(0.0, 0.0), (1.0, -0.47)] },
    ],
};
