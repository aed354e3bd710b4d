//! Additive weights: how much each clue, by its value, speaks for the text being wrong.
//!
//! A clue's share is read off a curve of straight pieces, so that a little more of it may say much in one
//! place and nothing in another; the shares are summed. That is logistic regression on hinges (T. Hastie
//! and R. Tibshirani, *Generalized Additive Models*, 1990).

/// What one clue says.
#[derive(Debug)]
pub(super) struct Curve {
    /// Its name.
    pub clue: &'static str,
    /// Values of the clue, rising, and the log-odds each adds. Outside, the nearest one counts.
    pub points: &'static [(f64, f64)],
}

/// What all clues to one kind of difference say.
#[derive(Debug)]
pub(super) struct Weights {
    /// Log-odds to start from.
    pub constant: f64,
    /// One for each clue that counts.
    pub curves: &'static [Curve],
}

impl Weights {
    /// Natural log-odds that the text is wrong, given all clues by name.
    pub fn log_odds(&self, clues: &[(&'static str, f64)]) -> f64 {
        let share = |curve: &Curve| {
            clues
                .iter()
                .find(|(name, _)| *name == curve.clue)
                .map_or(0.0, |(_, value)| curve.at(*value))
        };
        self.constant + self.curves.iter().map(share).sum::<f64>()
    }
}

impl Curve {
    fn at(&self, value: f64) -> f64 {
        let next = self.points.partition_point(|(place, _)| *place <= value);
        match (next.checked_sub(1).map(|last| self.points[last]), self.points.get(next)) {
            (Some((x, y)), Some((next_x, next_y))) => y + (next_y - y) * (value - x) / (next_x - x),
            (Some((_, y)), None) | (None, Some(&(_, y))) => y,
            (None, None) => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::weights::{MISSING, NOT_SAID, OTHERWISE};
    use super::super::{Clues, Evidence, Testimony};
    use super::*;

    const RISE: Curve = Curve { clue: "x", points: &[(0.0, -1.0), (2.0, 1.0), (3.0, 5.0)] };

    #[test]
    fn a_curve_is_straight_between_its_points_and_level_outside() {
        let found = [-7.0, 0.0, 1.0, 2.0, 2.5, 3.0, 99.0].map(|x| RISE.at(x));
        assert_eq!(found, [-1.0, -1.0, 0.0, 1.0, 3.0, 5.0, 5.0]);
    }

    #[test]
    fn clues_add_up_and_those_without_a_curve_do_not_count() {
        let weights = Weights { constant: 0.5, curves: &[RISE] };
        assert_eq!(weights.log_odds(&[("y", 9.0), ("x", 1.0)]), 0.5);
        assert_eq!(weights.log_odds(&[("x", 3.0)]), 5.5);
    }

    #[test]
    fn every_curve_is_of_a_clue_and_its_points_rise() {
        let evidence = Evidence::new(Clues::default(), Testimony::default());
        let names: Vec<&str> = evidence.named_clues().into_iter().map(|(name, _)| name).collect();
        for curve in [&MISSING, &NOT_SAID, &OTHERWISE].into_iter().flat_map(|it| it.curves) {
            assert!(names.contains(&curve.clue), "{}", curve.clue);
            assert!(curve.points.is_sorted_by(|a, b| a.0 < b.0), "{}", curve.clue);
        }
    }
}
