//! The journey.
