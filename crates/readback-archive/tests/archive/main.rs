//! The archive as its users meet it: what is kept, found, exported, and what survives. No test needs a
//! speech model; findings are canned.

mod crashes;
mod damage;
mod export;
mod harness;
mod keeping;
mod notices;
mod search;
