//! What holds of a product whatever its words: those of [`int16`](crate::int16) and
//! [`bf16`](crate::bf16) are checked by the same functions as single precision.

use super::*;

fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|x| ((x * 7919) % 101) as f32 - 50.0).collect()
}

/// Rows of `depth` numbers as words, one row after the other.
fn packed<W: Activation>(rows: &[f32], depth: usize) -> Vec<W> {
    rows.chunks(depth.max(1)).flat_map(|row| row.chunks(W::NUMBERS).map(W::pack)).collect()
}

/// All products of `count` rows of words with the panels, in rows as wide as the panels.
pub(crate) fn product<W: Activation>(words: &[W], count: usize, panels: &Panels<W>) -> Vec<f32> {
    let stride = panels.count() * WIDTH;
    let mut found = vec![f32::NAN; count * stride];
    for index in 0..panels.count() {
        let rows = Rows::new(words, count, panels.steps());
        panels.multiply(rows, index, &mut found[index * WIDTH..], stride);
    }
    found
}

/// Products of any shape are exact on small whole numbers, the right-hand ones times `factor`.
pub(crate) fn exact_on_small_numbers<W: Activation>(factor: f32) {
    for (rows, depth, columns) in
        [(0, 3, 3), (1, 1, 1), (5, 3, 64), (6, 64, 65), (13, 71, 130), (37, 130, 70), (7, 0, 3)]
    {
        let (left, right) = (numbers(rows * depth), numbers(depth * columns));
        let panels = Panels::from_rows(Rows::new(&right, depth, columns), columns, factor);
        let found = product::<W>(&packed(&left, depth), rows, &panels);
        for (row, found) in found.chunks(panels.count() * WIDTH).enumerate() {
            for column in 0..columns {
                let products = (0..depth)
                    .map(|k| left[row * depth + k] * factor * right[k * columns + column]);
                assert_eq!(found[column], products.sum::<f32>(), "{rows} {depth} {columns}");
            }
        }
    }
}

/// Panels packed from columns are those of the transposed matrix.
pub(crate) fn columns_are_found_again<W: Activation + PartialEq>() {
    let (depth, columns) = (5, 70);
    let values = numbers(depth * columns);
    let panels = Panels::<W>::from_columns(depth, columns, |index, out| {
        out.copy_from_slice(&values[index * depth..][..depth]);
    });
    for (index, column) in values.chunks(depth).enumerate() {
        assert!(panels.column(index).eq(packed(column, depth)));
    }
}

/// A row's product does not depend on the rows beside it.
pub(crate) fn rows_are_independent<W: Activation>() {
    let (count, depth) = (37, 150);
    let (left, right) = (numbers(count * depth), numbers(depth * WIDTH));
    let left: Vec<f32> = left.iter().map(|x| x * 0.1237).collect();
    let panels = Panels::<W>::from_rows(Rows::new(&right, depth, WIDTH), WIDTH, 0.0173);
    let words = packed::<W>(&left, depth);
    let alone = words.chunks(panels.steps()).flat_map(|row| product(row, 1, &panels));
    assert_eq!(product(&words, count, &panels), alone.collect::<Vec<_>>());
}

#[test]
fn products_in_single_precision_are_exact_on_small_whole_numbers() {
    exact_on_small_numbers::<f32>(1.0);
}

#[test]
fn panels_of_floats_from_columns_are_those_of_the_transposed_matrix() {
    columns_are_found_again::<f32>();
}

#[test]
fn a_row_of_floats_does_not_depend_on_its_company() {
    rows_are_independent::<f32>();
}
