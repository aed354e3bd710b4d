//! Windows as they come: sound is read and cut on a thread of its own, a bounded queue ahead of whoever
//! listens. It does not know what becomes of a window.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};

use crate::windows::{Cutter, SampledWindow};

use super::BATCH;

/// What the reading thread has to say.
pub(super) enum Message {
    Window(SampledWindow),
    /// Number of samples in all.
    End(u64),
}

/// Sends the windows of `audio`, and its length. It stops as soon as hearing is `over`, or nobody listens
/// any more.
pub(super) fn cut(
    audio: impl Iterator<Item = Vec<f32>>,
    sender: &SyncSender<Message>,
    over: &AtomicBool,
) {
    let mut cutter = Cutter::default();
    let mut length = 0;
    for block in audio {
        length += block.len() as u64;
        let sent = send(sender, cutter.push(&block));
        if !sent || over.load(Ordering::Relaxed) {
            return;
        }
    }
    if send(sender, cutter.finish()) {
        // Nobody listening any more is their own decision.
        let _ = sender.send(Message::End(length));
    }
}

/// False where nobody listens any more.
fn send(sender: &SyncSender<Message>, windows: Vec<SampledWindow>) -> bool {
    windows.into_iter().all(|window| sender.send(Message::Window(window)).is_ok())
}

/// The listening end: a batch of windows at a time.
pub(super) struct Arrivals {
    receiver: Receiver<Message>,
    /// Number of samples of the recording, once its end has come.
    length: Option<u64>,
}

impl Arrivals {
    pub(super) fn new(receiver: Receiver<Message>) -> Self {
        Self { receiver, length: None }
    }

    /// Number of samples of the recording, known after its last window.
    pub(super) fn length(&self) -> u64 {
        self.length.unwrap_or(0)
    }
}

impl Iterator for Arrivals {
    type Item = Vec<SampledWindow>;

    fn next(&mut self) -> Option<Vec<SampledWindow>> {
        let mut windows = Vec::with_capacity(BATCH);
        while windows.len() < BATCH && self.length.is_none() {
            match self.receiver.recv() {
                Ok(Message::Window(window)) => windows.push(window),
                Ok(Message::End(length)) => self.length = Some(length),
                Err(_) => self.length = Some(0),
            }
        }
        (!windows.is_empty()).then_some(windows)
    }
}
