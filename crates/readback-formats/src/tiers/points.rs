//! Points of time that a document names once and refers to by their names: an ELAN document's slots, the
//! timeline of a TEI text.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

/// Named points in the order of the document; a point's number is its place there.
pub(crate) struct Points<'a, T> {
    all: Vec<(Cow<'a, str>, T)>,
    /// The numbers of the points by name, once that is asked for which is not the next.
    numbers: OnceCell<HashMap<Cow<'a, str>, usize>>,
    /// The point that was referred to last.
    last: Cell<usize>,
}

impl<T> Default for Points<'_, T> {
    fn default() -> Self {
        Self { all: Vec::new(), numbers: OnceCell::new(), last: Cell::new(0) }
    }
}

impl<'a, T> Points<'a, T> {
    /// Adds a point. One that is there already is moved, if it was looked for before; else there are two
    /// of that name, and either may be found.
    pub(crate) fn insert(&mut self, name: Cow<'a, str>, point: T) {
        if let Some(numbers) = self.numbers.get_mut() {
            match numbers.entry(name.clone()) {
                Entry::Occupied(known) => return self.all[*known.get()].1 = point,
                Entry::Vacant(place) => _ = place.insert(self.all.len()),
            }
        }
        self.all.push((name, point));
    }

    /// The number of the point of that name. What refers to points does so mostly in their order, so the
    /// point of the last time and the next one are tried before all are looked through.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        let last = self.last.get();
        let is_next = |number: usize| self.all.get(number).is_some_and(|(known, _)| known == name);
        let next = [last, last + 1].into_iter().find(|&number| is_next(number));
        let number = next.or_else(|| self.numbers().get(name).copied())?;
        self.last.set(number);
        Some(number)
    }

    fn numbers(&self) -> &HashMap<Cow<'a, str>, usize> {
        let names = self.all.iter().map(|(name, _)| name.clone());
        self.numbers.get_or_init(|| names.zip(0..).collect())
    }

    /// The point of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        let number = self.number(name)?;
        Some(&self.all[number].1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn into_points(self) -> impl Iterator<Item = T> {
        self.all.into_iter().map(|(_, point)| point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_found_in_whatever_order_it_is_asked_for() {
        let mut points = Points::default();
        for (number, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
            points.insert(name.into(), number);
        }
        for name in ["a", "b", "b", "d", "a", "c", "d", "d", "x", "b"] {
            let number = ["a", "b", "c", "d"].iter().position(|known| *known == name);
            assert_eq!(points.number(name), number, "{name}");
            assert_eq!(points.get(name).copied(), number, "{name}");
        }
    }

    #[test]
    fn a_point_that_was_looked_for_before_it_is_there_is_moved_to_its_place() {
        let mut points = Points::default();
        points.insert("a".into(), None);
        assert_eq!(points.number("b"), None);
        points.insert("b".into(), None);
        points.insert("b".into(), Some(3));
        assert_eq!(
            (points.len(), points.number("b"), points.get("b")),
            (2, Some(1), Some(&Some(3)))
        );
    }
}
