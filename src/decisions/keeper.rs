//! Hands the last checkpoint to those who keep it elsewhere, on a thread of its own: a second place that hangs holds up no
//! answer.

use super::Checkpoint;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::mpsc::{self, Sender},
    thread::JoinHandle,
};

/// Keeps a checkpoint somewhere.
pub(super) type Keep = Box<dyn Fn(&Checkpoint) -> Result<(), String> + Send>;

pub(super) struct Keeper {
    news: Option<Sender<Checkpoint>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    pub(super) fn start(keep: Keep, second_place: Option<PathBuf>) -> io::Result<Self> {
        let (news, told) = mpsc::channel::<Checkpoint>();
        let thread = std::thread::Builder::new().name("checkpoints".to_owned()).spawn(move || {
            while let Ok(checkpoint) = told.recv() {
                // The last one says all that those before it said.
                let checkpoint = told.try_iter().last().unwrap_or(checkpoint);
                if let Err(error) = keep(&checkpoint) {
                    tracing::error!(%error, "the last checkpoint of the record of decisions is not in the store");
                }
                let Some(place) = &second_place else { continue };
                if let Err(error) = append(place, &checkpoint) {
                    let place = place.display();
                    tracing::error!(%error, %place, "a checkpoint of the record of decisions is not in its second place");
                }
            }
        })?;
        Ok(Self { news: Some(news), thread: Some(thread) })
    }

    pub(super) fn tell(&self, checkpoint: Checkpoint) {
        if let Some(news) = &self.news {
            // A thread that ended has said why.
            let _ = news.send(checkpoint);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.news.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One line more; durable.
fn append(place: &Path, checkpoint: &Checkpoint) -> io::Result<()> {
    let mut file = std::fs::File::options().append(true).create(true).open(place)?;
    // In one write: whoever reads meanwhile sees whole lines.
    file.write_all(format!("{checkpoint}\n").as_bytes())?;
    file.sync_data()
}
