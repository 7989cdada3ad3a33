//! The clock comes in as an argument, so that tests can turn it back.

use std::sync::atomic::{AtomicI64, Ordering};

/// Tells UTC seconds since 1970.
pub trait Clock: Send + Sync {
    fn now(&self) -> i64;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_second()
    }
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
pub struct Fixed(AtomicI64);

impl Fixed {
    pub fn at(seconds: i64) -> Self {
        Self(AtomicI64::new(seconds))
    }
    pub fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for Fixed {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl<C: Clock> Clock for std::sync::Arc<C> {
    fn now(&self) -> i64 {
        self.as_ref().now()
    }
}
