//! Logistic regression by Newton's method, with a restraint on large weights.

use std::iter::once;

/// A line of numbers and what they turned out to mean.
#[derive(Clone, Debug)]
pub struct Example {
    /// The numbers.
    pub values: Vec<f64>,
    /// What is to be told from them.
    pub is_wrong: bool,
}

/// Weights for the numbers.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Log-odds where all numbers are zero.
    pub constant: f64,
    /// What one of each number adds.
    pub weights: Vec<f64>,
}

impl Fit {
    /// The probability that the weights give.
    pub fn probability(&self, values: &[f64]) -> f64 {
        let shares = self.weights.iter().zip(values).map(|(weight, value)| weight * value);
        logistic(self.constant + shares.sum::<f64>())
    }
}

/// Surprise at an outcome, in nats.
pub fn loss(probability: f64, is_wrong: bool) -> f64 {
    let p = if is_wrong { probability } else { 1.0 - probability };
    -p.max(1e-9).ln()
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Newton's steps at most; a handful is enough.
const STEPS: usize = 60;

/// The weights that make the examples likeliest, each weighed against `restraint` times half its square
/// when the numbers are measured in their standard deviations.
pub fn fit(examples: &[Example], restraint: f64) -> Fit {
    let width = examples.first().map_or(0, |example| example.values.len());
    let scales: Vec<(f64, f64)> = (0..width).map(|column| spread(examples, column)).collect();
    let rows: Vec<Vec<f64>> =
        examples.iter().map(|example| standard(&example.values, &scales)).collect();
    let mut weights = vec![0.0; width + 1];
    for _ in 0..STEPS {
        let step = newton_step(&rows, examples, &weights, restraint);
        let largest = step.iter().fold(0.0, |most: f64, change| most.max(change.abs()));
        weights.iter_mut().zip(&step).for_each(|(weight, change)| *weight -= change);
        if largest < 1e-8 {
            break;
        }
    }
    let own: Vec<f64> =
        weights[1..].iter().zip(&scales).map(|(w, (_, deviation))| w / deviation).collect();
    let moved: f64 = own.iter().zip(&scales).map(|(w, (mean, _))| w * mean).sum();
    Fit { constant: weights[0] - moved, weights: own }
}

/// Mean and standard deviation of a column; 1 for a column that is all the same.
fn spread(examples: &[Example], column: usize) -> (f64, f64) {
    let values = || examples.iter().map(|example| example.values[column]);
    let count = examples.len() as f64;
    let mean = values().sum::<f64>() / count;
    let variance = values().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    (mean, if variance > 1e-12 { variance.sqrt() } else { 1.0 })
}

/// A leading 1 for the constant, then each number in its own standard deviations.
fn standard(values: &[f64], scales: &[(f64, f64)]) -> Vec<f64> {
    let scaled =
        values.iter().zip(scales).map(|(value, (mean, deviation))| (value - mean) / deviation);
    once(1.0).chain(scaled).collect()
}

fn newton_step(
    rows: &[Vec<f64>],
    examples: &[Example],
    weights: &[f64],
    restraint: f64,
) -> Vec<f64> {
    let width = weights.len();
    let mut slope: Vec<f64> = weights.iter().map(|weight| restraint * weight).collect();
    slope[0] = 0.0;
    let mut bend = vec![vec![0.0; width]; width];
    for (i, row) in bend.iter_mut().enumerate() {
        row[i] = if i == 0 { 1e-9 } else { restraint };
    }
    for (row, example) in rows.iter().zip(examples) {
        let p = logistic(row.iter().zip(weights).map(|(x, w)| x * w).sum());
        let miss = p - f64::from(u8::from(example.is_wrong));
        for i in 0..width {
            slope[i] += row[i] * miss;
            for j in 0..=i {
                bend[i][j] += row[i] * row[j] * p * (1.0 - p);
            }
        }
    }
    solve(bend, slope)
}

/// Solves a positive definite system, given by its lower half, by Cholesky's method.
fn solve(mut lower: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let width = right.len();
    for i in 0..width {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = lower[i][j] - known;
            lower[i][j] = if i == j { rest.max(1e-12).sqrt() } else { rest / lower[j][j] };
        }
    }
    for i in 0..width {
        let known: f64 = (0..i).map(|k| lower[i][k] * right[k]).sum();
        right[i] = (right[i] - known) / lower[i][i];
    }
    for i in (0..width).rev() {
        let known: f64 = (i + 1..width).map(|k| lower[k][i] * right[k]).sum();
        right[i] = (right[i] - known) / lower[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three quarters wrong where the number is 1, one quarter where it is 0: the weights are known.
    #[test]
    fn weights_are_the_log_odds_of_the_shares() {
        let mut examples = Vec::new();
        for (value, wrong, right) in [(1.0, 300, 100), (0.0, 100, 300)] {
            for index in 0..wrong + right {
                examples.push(Example { values: vec![value, 7.0], is_wrong: index < wrong });
            }
        }
        let fit = fit(&examples, 1e-6);
        assert!((fit.probability(&[1.0, 7.0]) - 0.75).abs() < 1e-4, "{fit:?}");
        assert!((fit.probability(&[0.0, 7.0]) - 0.25).abs() < 1e-4, "{fit:?}");
        assert!((fit.weights[0] - 9.0_f64.ln()).abs() < 1e-3 && fit.weights[1] == 0.0);
    }

    #[test]
    fn a_restraint_keeps_weights_finite_where_the_examples_would_not() {
        let example = |value: f64| Example { values: vec![value], is_wrong: value > 0.0 };
        let fit = fit(&[-2.0, -1.0, 1.0, 2.0].map(example), 1.0);
        assert!(fit.weights[0] > 0.1 && fit.weights[0] < 10.0);
    }

    #[test]
    fn a_system_is_solved() {
        let found = solve(vec![vec![4.0, 0.0], vec![2.0, 3.0]], vec![10.0, 9.0]);
        assert!((found[0] - 1.5).abs() < 1e-9 && (found[1] - 2.0).abs() < 1e-9, "{found:?}");
    }
}
