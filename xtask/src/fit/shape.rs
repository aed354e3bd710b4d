//! Which clues count for which kind of difference, and where their curves bend.

use std::collections::BTreeMap;

use super::logistic::Fit;

/// The curve of one clue: the values between which it is straight. Beyond the outer ones it is level.
type Bends = (&'static str, &'static [f64]);

/// What is fitted for one kind of difference.
#[derive(Debug)]
pub struct Shape {
    /// As the program names it.
    pub table: &'static str,
    /// As the weights are called.
    constant: &'static str,
    /// How strongly large weights are held back: more where there are few examples for many bends.
    pub restraint: f64,
    curves: &'static [Bends],
}

const YES: &[f64] = &[0.0, 1.0];

/// All of them.
pub const SHAPES: &[Shape] = &[
    Shape {
        table: "missing",
        constant: "MISSING",
        restraint: 5.0,
        curves: &[
            ("heard_fit", &[-3.0, -1.5, -0.7, -0.3, -0.1, 0.0]),
            ("after", &[-5.0, 0.0, 2.0, 5.0, 10.0]),
            ("ratio", &[-10.0, 0.0, 3.0, 7.0, 12.0]),
            ("heard_probability", &[0.2, 0.5, 0.8, 0.95, 1.0]),
            ("clarity", &[0.6, 0.75, 0.85, 0.93, 1.0]),
            ("turns", &[0.0, 2.0]),
            ("heard_words", &[0.0, 0.5, 1.2, 2.5]),
            ("speech", &[0.0, 0.5, 1.0, 2.0, 4.0]),
            ("pace", &[0.0, 0.3, 0.6, 1.2]),
            ("part", YES),
            ("number", YES),
            ("negation", YES),
            ("name", YES),
        ],
    },
    Shape {
        table: "not-said",
        constant: "NOT_SAID",
        restraint: 10.0,
        curves: &[
            ("text_fit", &[-12.0, -8.0, -5.0, -2.5, -1.0, 0.0]),
            ("after", &[-5.0, 0.0, 2.0, 5.0, 10.0]),
            ("ratio", &[0.0, 2.0, 5.0, 9.0, 14.0, 20.0]),
            ("room", &[0.0, 0.5, 1.0, 2.0, 3.0]),
            ("clarity", &[0.6, 0.75, 0.85, 0.93, 1.0]),
            ("turns", &[0.0, 0.8, 1.3, 2.0]),
            ("text_words", &[0.0, 0.3, 0.9, 1.5, 3.0]),
            ("part", YES),
            ("number", YES),
            ("negation", YES),
            ("name", YES),
            ("stands_elsewhere", YES),
        ],
    },
    Shape {
        table: "otherwise",
        constant: "OTHERWISE",
        restraint: 3.0,
        curves: &[
            ("ratio", &[-10.0, 0.0, 15.0]),
            ("gap", &[-2.0, 10.0]),
            ("function_word_gap", &[-2.0, 10.0]),
            ("text_fit", &[-12.0, 0.0]),
            ("heard_fit", &[-3.0, 0.0]),
            ("after", &[-5.0, 10.0]),
            ("likeness", &[0.0, 0.6, 1.0]),
            ("name_likeness", &[0.0, 1.0]),
            ("heard_probability", &[0.0, 1.0]),
            ("clarity", &[0.6, 0.8, 0.9, 1.0]),
            ("turns", &[0.0, 2.0]),
            ("text_words", &[0.0, 2.0]),
            ("heard_words", &[0.0, 2.0]),
            ("more_heard", &[-6.0, 0.0, 6.0]),
            ("number", YES),
            ("negation", YES),
            ("name", YES),
            ("known_name", YES),
            ("known_name_likeness", &[0.0, 1.0]),
            ("part", YES),
            ("two_numbers", YES),
            ("function_words", YES),
        ],
    },
];

impl Shape {
    /// The numbers to fit: for each straight piece of each curve, how far the clue has come along it.
    pub fn values(&self, clues: &BTreeMap<String, f64>) -> Vec<f64> {
        let along = |(clue, bends): &Bends| -> Vec<f64> {
            let value = clues.get(*clue).copied().unwrap_or_default();
            bends.windows(2).map(|ends| value.clamp(ends[0], ends[1]) - ends[0]).collect()
        };
        self.curves.iter().flat_map(along).collect()
    }

    /// The weights as source text.
    pub fn source(&self, fit: &Fit) -> String {
        let mut slopes = fit.weights.iter();
        let mut source = format!(
            "\npub(super) const {}: Weights = Weights {{\n    constant: {:.3},\n    curves: &[\n",
            self.constant, fit.constant
        );
        for (clue, bends) in self.curves {
            let mut height = 0.0;
            let mut points = vec![format!("({:?}, 0.0)", bends[0])];
            for (ends, slope) in bends.windows(2).zip(&mut slopes) {
                height += slope * (ends[1] - ends[0]);
                points.push(format!(
                    "({:?}, {:?})",
                    ends[1],
                    (height * 1000.0_f64).round() / 1000.0
                ));
            }
            let points = points.join(", ");
            source += &format!("        Curve {{ clue: {clue:?}, points: &[{points}] }},\n");
        }
        source + "    ],\n};\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        table: "t",
        constant: "T",
        restraint: 1.0,
        curves: &[("a", &[0.0, 1.0, 3.0]), ("b", YES)],
    };

    #[test]
    fn a_clue_comes_along_each_piece_as_far_as_it_reaches() {
        let values = |a: f64| SHAPE.values(&BTreeMap::from([("a".into(), a), ("b".into(), 1.0)]));
        assert_eq!(values(-1.0), [0.0, 0.0, 1.0]);
        assert_eq!(values(2.5), [1.0, 1.5, 1.0]);
        assert_eq!(values(9.0), [1.0, 2.0, 1.0]);
    }

    #[test]
    fn weights_become_curves() {
        let fit = Fit { constant: 0.25, weights: vec![1.0, -0.5, 2.0] };
        let source = SHAPE.source(&fit);
        assert!(source.contains("points: &[(0.0, 0.0), (1.0, 1.0), (3.0, 0.0)]"), "{source}");
        assert!(source.contains("clue: \"b\", points: &[(0.0, 0.0), (1.0, 2.0)]"), "{source}");
    }
}
