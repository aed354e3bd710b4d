//! Products in eight bits are exact, and what is quantised is near what it was.

use super::*;

fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|x| ((x * 7919) % 1009) as f32 / 7.0 - 50.0).collect()
}

/// The product by the definition of weights and levels.
fn plain(weights: &Int8Weights, rows: &Int8Rows, row: usize, column: usize) -> f32 {
    let levels = weights.words_of(rows, row).as_flattened();
    let bytes = weights.panels.column(column).flatten();
    let sum: i32 = levels
        .iter()
        .zip(bytes)
        .map(|(&x, w)| {
            (i32::from(x) - rows.quantisations[row].zero_point) * i32::from(w.cast_signed())
        })
        .sum();
    // What fills the last word is zero in the weights only.
    sum as f32 * (rows.quantisations[row].scale * weights.scales[column])
}

#[test]
fn sums_are_exact_for_any_shape() {
    for (rows, depth, columns) in
        [(0, 5, 5), (1, 1, 1), (5, 3, 64), (6, 64, 65), (13, 70, 130), (4, 2049, 3), (37, 130, 70)]
    {
        let (left, right) = (numbers(rows * depth), numbers(depth * columns));
        let weights = Int8Weights::from_columns(&right, depth, columns);
        let left = weights.quantise(Rows::new(&left, rows, depth));
        let stride = weights.panels.count() * WIDTH;
        let mut found = vec![f32::NAN; rows * stride];
        for panel in 0..weights.panels.count() {
            weights.multiply(&left, 0, rows, panel, &mut found[panel * WIDTH..], stride);
        }
        for (row, found) in found.chunks(stride).enumerate() {
            for (column, found) in found[..columns].iter().enumerate() {
                let wanted = plain(&weights, &left, row, column);
                assert_eq!(*found, wanted, "{rows} {depth} {columns}");
                assert_eq!(weights.element(&left, row, column), wanted);
            }
        }
    }
}

#[test]
fn the_largest_levels_and_weights_do_not_overflow() {
    let (depth, columns) = (5120, 2);
    let right = [vec![1.0; depth], vec![-1.0; depth]].concat();
    let weights = Int8Weights::from_columns(&right, depth, columns);
    let left = weights.quantise(Rows::new(&right, 2, depth));
    let mut found = [0.0; 2 * WIDTH];
    weights.multiply(&left, 0, 2, 0, &mut found, WIDTH);
    // Where two weights share 127, 64 stands for 63.5.
    let wanted = depth as f32;
    for (place, sign) in [(0, 1.0), (1, -1.0), (WIDTH, -1.0), (WIDTH + 1, 1.0)] {
        assert!((found[place] - sign * wanted).abs() < 1e-2 * wanted);
        assert_eq!(found[place], plain(&weights, &left, place / WIDTH, place % WIDTH));
    }
}

#[test]
fn short_sums_of_two_products_hold_at_the_highest_level() {
    if !sums_are_short() {
        return;
    }
    let (depth, columns) = (64, 500);
    let weights = Int8Weights::from_columns(&numbers(depth * columns), depth, columns);
    for word in (0..columns).flat_map(|column| weights.panels.column(column)) {
        for pair in word.as_chunks::<2>().0 {
            let sum: i32 = pair.iter().map(|w| 255 * i32::from(w.cast_signed())).sum();
            assert!(i16::try_from(sum).is_ok(), "{pair:?}");
        }
    }
}

#[test]
fn a_level_is_at_most_a_step_off_and_zero_is_exact() {
    let mut row = numbers(100);
    row[17] = 0.0;
    let mut levels = [0; 100];
    let quantisation = quantise_row(&row, &mut levels);
    for (x, level) in row.iter().zip(levels) {
        let error = (i32::from(level) - quantisation.zero_point) as f32 * quantisation.scale - x;
        assert!(error.abs() <= 1.01 * quantisation.scale, "{x}: {error}");
    }
    assert_eq!(i32::from(levels[17]), quantisation.zero_point);
}

#[test]
fn weights_keep_their_values_within_half_a_unit() {
    let values = numbers(5 * 30);
    let weights = Int8Weights::from_columns(&values, 30, 5);
    for (index, column) in values.chunks(30).enumerate() {
        for (x, found) in column.iter().zip(weights.column(index)) {
            assert!((x - found).abs() <= 0.501 * weights.scales[index]);
        }
    }
}
