//! The whole journey on one page; calls only.
