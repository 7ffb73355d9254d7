//! Consolidating: submissions and findings in; registers, held-back rows, statuses, control totals out.
//!
//! Must not know: how it is written.
