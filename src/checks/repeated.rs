//! Rows that say the same, of all submissions: found by a hash of what they say, so that nothing is kept of the many
//! rows that stand alone.

use rayon::prelude::*;

use super::View;

/// A row, by the position of its view and its own. Small, since there are many.
pub type At = (u32, u32);

/// The rows of some views with a hash each, in order of the hashes, then of the rows; without those that have none.
pub fn hashed<'a>(views: &[View<'a>], hash: impl Fn(&View<'a>, usize) -> Option<u64> + Sync) -> Vec<(u64, At)> {
    let rows = views.par_iter().enumerate().flat_map_iter(|(position, view)| {
        let hash = &hash;
        view.rows().filter_map(move |row| Some((hash(view, row)?, (position as u32, row as u32))))
    });
    let mut rows: Vec<(u64, At)> = rows.collect();
    rows.par_sort_unstable();
    rows
}

/// Groups of rows that say the same, in order of their first row; of one hash are rows that say the same, and by chance
/// others.
pub fn repeated(hashed: &[(u64, At)], same: impl Fn(At, At) -> bool) -> Vec<Vec<At>> {
    let mut repeated: Vec<Vec<At>> = Vec::new();
    for run in hashed.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        let mut groups: Vec<Vec<At>> = Vec::new();
        for (_, at) in run {
            match groups.iter_mut().find(|group| group.first().is_some_and(|first| same(*first, *at))) {
                Some(group) => group.push(*at),
                None => groups.push(vec![*at]),
            }
        }
        repeated.extend(groups.into_iter().filter(|group| group.len() > 1));
    }
    repeated.sort_unstable();
    repeated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_hash_that_say_otherwise_are_told_apart() {
        let said = ["An", "Bình", "An", "Cúc", "Bình"];
        let hashed = [(1, (0, 0)), (1, (0, 1)), (1, (0, 2)), (1, (0, 3)), (1, (1, 4)), (2, (1, 5))];
        let same = |(_, one): At, (_, other): At| said[one as usize] == said[other as usize];
        assert_eq!(repeated(&hashed, same), [vec![(0, 0), (0, 2)], vec![(0, 1), (1, 4)]]);
    }
}
