//! A lead on its way to the officer's representative, and the answer on its way back.

mod concerned;
mod crowd;
mod draft;
mod notice;
mod reply;
mod send;
mod withhold;

pub(crate) use draft::{fit_view, preview};
pub(crate) use notice::slip;
pub(crate) use reply::{list, take_reply};
pub(crate) use send::send;
