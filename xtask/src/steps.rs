//! Steps one after the other, and a table of what each took, also when one fails.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Something to do, and what the table calls it.
pub struct Step {
    /// A word or two.
    pub name: &'static str,
    /// Does it.
    pub run: fn() -> Result<()>,
}

/// What to do when a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// What comes after it builds on it.
    Ends,
    /// The others have nothing to do with it.
    GoesOn,
}

/// Takes the steps and tells what each took; the error is that of the first that failed.
pub fn take(steps: &[Step], failing: Failing) -> Result<()> {
    let mut taken = Vec::new();
    let mut all = Ok(());
    for step in steps {
        let started = Instant::now();
        let result = (step.run)().with_context(|| format!("{} failed", step.name));
        taken.push((step.name, started.elapsed(), result.is_ok()));
        if let Err(error) = &result {
            eprintln!("{error:#}");
        }
        all = all.and(result);
        if all.is_err() && failing == Failing::Ends {
            break;
        }
    }
    eprintln!("{}", table(&taken));
    all
}

/// What each step took, and all of them.
fn table(taken: &[(&str, Duration, bool)]) -> String {
    let row = |name: &str, took: Duration| format!("\n{name:20}{:9.1} s", took.as_secs_f64());
    let mut table = format!("\n{:20}{:>11}", "step", "took");
    for (name, took, well) in taken {
        table += &row(name, *took);
        table += if *well { "" } else { "  FAILED" };
    }
    table + &row("all", taken.iter().map(|(_, took, _)| took).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_step_that_was_taken_and_the_one_that_failed() {
        let taken = [
            ("format", Duration::from_millis(1_250), true),
            ("tidy", Duration::from_millis(250), false),
        ];
        let expected = "\nstep                       took\nformat                    1.2 s\n\
                        tidy                      0.2 s  FAILED\nall                       1.5 s";
        assert_eq!(table(&taken), expected);
    }

    #[test]
    fn what_follows_a_step_that_fails_is_not_taken() {
        let steps = [
            Step { name: "one", run: || anyhow::bail!("not today") },
            Step { name: "two", run: || unreachable!("it comes after the one that fails") },
        ];
        let error = take(&steps, Failing::Ends).expect_err("one fails");
        assert_eq!(format!("{error:#}"), "one failed: not today");
    }
}
