//! How the cost of each contender grows with the length of the recording, as an SVG picture.

use std::fmt::Write as _;

use super::Contender;
use super::report::Row;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
/// Room for axes, left and below; for names, right.
const MARGIN: f64 = 56.0;
const NAMES: f64 = 190.0;
/// One mark and line for each contender, told apart in black and white too.
const MARKS: [(&str, &str); 5] = [
    ("#0b5394", ""),
    ("#38761d", "6 3"),
    ("#b45f06", "2 3"),
    ("#741b47", "8 3 2 3"),
    ("#555", "1 4"),
];

/// Wall time over the length of the recording, both logarithmic.
pub fn cost_by_length(rows: &[Row]) -> String {
    let mut contenders: Vec<Contender> = Vec::new();
    for row in rows {
        if !contenders.contains(&row.contender) {
            contenders.push(row.contender);
        }
    }
    let lengths = Axis::over(rows.iter().map(|row| row.seconds));
    let costs = Axis::over(rows.iter().map(|row| row.wall));
    let x = |seconds: f64| MARGIN + lengths.share(seconds) * (WIDTH - MARGIN - NAMES);
    let y = |wall: f64| HEIGHT - MARGIN - costs.share(wall) * (HEIGHT - 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<title>Seconds taken, by length of the recording\
         </title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    // Writing to a string cannot fail.
    for seconds in lengths.ticks() {
        let (x, bottom) = (x(seconds), HEIGHT - MARGIN);
        let _ = writeln!(
            out,
            "<path d=\"M{x:.1} {MARGIN}V{bottom}\" stroke=\"#ddd\"/><text x=\"{x:.1}\" y=\"{:.1}\" \
             text-anchor=\"middle\">{seconds} s</text>",
            bottom + 16.0
        );
    }
    for wall in costs.ticks() {
        let (y, right) = (y(wall), WIDTH - NAMES);
        let _ = writeln!(
            out,
            "<path d=\"M{MARGIN} {y:.1}H{right}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" \
             text-anchor=\"end\">{wall} s</text>",
            MARGIN - 6.0,
            y + 4.0
        );
    }
    for (index, contender) in contenders.iter().enumerate() {
        let (colour, dashes) = MARKS[index % MARKS.len()];
        let mut points: Vec<(f64, f64)> = rows
            .iter()
            .filter(|row| row.contender == *contender)
            .map(|row| (x(row.seconds), y(row.wall)))
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let line: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" \
             stroke-dasharray=\"{dashes}\"/>",
            line.join(" ")
        );
        for (x, y) in &points {
            let _ =
                writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>");
        }
        let at = MARGIN + 18.0 * index as f64;
        let left = WIDTH - NAMES + 12.0;
        let _ = writeln!(
            out,
            "<path d=\"M{left} {at}h24\" stroke=\"{colour}\" stroke-width=\"2\" \
             stroke-dasharray=\"{dashes}\"/><text x=\"{}\" y=\"{}\">{}</text>",
            left + 30.0,
            at + 4.0,
            contender.name()
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{MARGIN}\" y=\"{}\">length of the recording (across), seconds taken (up); both \
         logarithmic</text>\n</svg>",
        HEIGHT - 12.0
    );
    out
}

/// A logarithmic axis over what lies on it.
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    fn over(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values.fold((f64::MAX, f64::MIN_POSITIVE), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        Self { low: low.min(high) / 1.3, high: high * 1.3 }
    }

    fn share(&self, value: f64) -> f64 {
        (value / self.low).ln() / (self.high / self.low).ln()
    }

    /// One, two and five of every power of ten within.
    fn ticks(&self) -> Vec<f64> {
        let powers = (-3..6).flat_map(|power| [1.0, 2.0, 5.0].map(|x| x * 10f64.powi(power)));
        powers.filter(|tick| (self.low..=self.high).contains(tick)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_is_logarithmic_and_has_round_ticks() {
        let axis = Axis::over([10.0, 1000.0].into_iter());
        assert!((axis.share(100.0) - 0.5).abs() < 1e-9);
        assert_eq!(axis.ticks(), [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]);
    }
}
