//! Deflate: parts of packages, compressed. A text goes in at once ([`Part::of`]), in stretches that are deflated in
//! parallel ([`Stretch`]), or changed in a few places ([`Changing`]), so that what did not change keeps its tokens
//! ([`Tokens`], found while it is inflated).
//! Must not know: what the texts say.

mod bits;
mod changing;
mod codes;
mod part;
mod stretch;
mod tokens;

pub use changing::Changing;
pub use part::{Part, fault, inflate_own};
pub use stretch::{Joined, Stretch, Stretcher};
pub use tokens::Tokens;
