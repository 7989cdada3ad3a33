//! Half-open intervals of UTC seconds, and which of them meet.

use std::collections::BTreeSet;

/// `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub start: i64,
    pub end: i64,
}

impl Span {
    pub fn seconds(self) -> i64 {
        (self.end - self.start).max(0)
    }

    /// Seconds both intervals share.
    pub fn overlap(self, other: Span) -> i64 {
        (self.end.min(other.end) - self.start.max(other.start)).max(0)
    }
}

/// Merges intervals that touch or overlap; the result is sorted.
pub fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// At most so many intervals are set against one: more cannot be read, and all pairs of a million would never end.
const MOST: usize = 16;

/// Intervals that have begun, by their end, so that those with most in common with what begins now come last.
#[derive(Default)]
struct Open(BTreeSet<(i64, usize)>);

impl Open {
    /// Those that still run at the start of `span` and share at least `least` seconds with it, the longest share first.
    fn meeting(&mut self, span: Span, least: i64) -> impl Iterator<Item = (usize, i64)> {
        while self.0.first().is_some_and(|(end, _)| *end <= span.start) {
            self.0.pop_first();
        }
        let shared = move |(end, at): &(i64, usize)| (*at, span.end.min(*end) - span.start);
        self.0.iter().rev().map(shared).take_while(move |(_, shared)| *shared >= least.max(1))
    }
}

/// Pairs of places in two lists, each sorted by start, that share at least `least` seconds, and the seconds: in order,
/// and for each of the first list no more than sixteen.
pub fn meeting(ones: &[Span], others: &[Span], least: i64) -> Vec<(usize, usize, i64)> {
    let (mut pairs, mut met) = (Vec::new(), vec![0; ones.len()]);
    let (mut open_ones, mut open_others) = (Open::default(), Open::default());
    let mut waiting = others.iter().enumerate().peekable();
    let mut begin_others = |until: i64, open_ones: &mut Open, open_others: &mut Open, met: &mut [usize]| {
        let mut found = Vec::new();
        while let Some((at, other)) = waiting.next_if(|(_, other)| other.start < until) {
            let hits: Vec<(usize, i64)> = open_ones.meeting(*other, least).collect();
            for (one, shared) in hits {
                found.push((one, at, shared));
                met[one] += 1;
                if met[one] == MOST {
                    open_ones.0.remove(&(ones[one].end, one));
                }
            }
            open_others.0.insert((other.end, at));
        }
        found
    };
    for (at, one) in ones.iter().enumerate() {
        pairs.extend(begin_others(one.start, &mut open_ones, &mut open_others, &mut met));
        let before = pairs.len();
        pairs.extend(open_others.meeting(*one, least).take(MOST).map(|(other, shared)| (at, other, shared)));
        met[at] = pairs.len() - before;
        if met[at] < MOST {
            open_ones.0.insert((one.end, at));
        }
    }
    pairs.extend(begin_others(i64::MAX, &mut open_ones, &mut open_others, &mut met));
    pairs.sort_unstable();
    pairs
}

/// The same among the intervals of one list: the earlier place first, and for each no more than sixteen before it.
pub fn meeting_each_other(spans: &[Span], least: i64) -> Vec<(usize, usize, i64)> {
    let (mut pairs, mut open) = (Vec::new(), Open::default());
    for (at, span) in spans.iter().enumerate() {
        pairs.extend(open.meeting(*span, least).take(MOST).map(|(before, shared)| (before, at, shared)));
        open.0.insert((span.end, at));
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::{MOST, Span, meeting, meeting_each_other};

    fn spans(ends: &[(i64, i64)]) -> Vec<Span> {
        ends.iter().map(|(start, end)| Span { start: *start, end: *end }).collect()
    }

    /// A few hundred intervals of every length, some of them equal, in order of their start.
    fn many(seed: i64) -> Vec<Span> {
        let one = |n: i64| {
            let start = (n * seed * 37) % 5_000;
            (start, start + 1 + (n * n * seed) % [3, 40, 900][(n % 3) as usize])
        };
        let mut all: Vec<(i64, i64)> = (1..80).map(one).collect();
        all.sort_unstable();
        spans(&all)
    }

    #[test]
    fn the_pairs_are_those_that_comparing_all_with_all_finds() {
        for (ones, others) in
            [(many(7), many(11)), (many(3), many(3)), (Vec::new(), many(5)), (many(5), Vec::new())]
        {
            let every = |at: usize| {
                let ones = &ones;
                others.iter().enumerate().map(move |(o, other)| (at, o, ones[at].overlap(*other)))
            };
            let all: Vec<_> = (0..ones.len()).flat_map(every).filter(|(.., shared)| *shared >= 2).collect();
            let most = (0..ones.len()).map(|at| all.iter().filter(|p| p.0 == at).count()).max().unwrap_or(0);
            assert!(most < MOST, "{most}");
            assert_eq!(meeting(&ones, &others, 2), all);
        }
        let ones = many(13);
        let own: Vec<_> = meeting(&ones, &ones, 2).into_iter().filter(|(a, b, _)| a < b).collect();
        assert_eq!(meeting_each_other(&ones, 2), own);
    }

    #[test]
    fn one_interval_is_set_against_sixteen_at_most_those_it_shares_most_with() {
        let long = spans(&[(0, 1_000)]);
        let inside: Vec<(i64, i64)> = (0..100).map(|n| (0, 10 + n)).collect();
        let pairs = meeting(&long, &spans(&inside), 1);
        assert_eq!(pairs.len(), MOST);
        assert_eq!(meeting(&spans(&[(5, 1_000)]), &spans(&inside), 1).first(), Some(&(0, 84, 89)));
        let each_other = meeting_each_other(&spans(&inside), 1);
        assert_eq!(each_other.iter().filter(|(_, later, _)| *later == 99).count(), MOST);
    }

    #[test]
    fn a_hundred_thousand_intervals_that_all_meet_are_not_compared_all_with_all() {
        let same = spans(&vec![(0, 86_400); 100_000]);
        assert!(meeting(&same, &same, 60).len() <= same.len() * MOST);
        assert!(meeting_each_other(&same, 60).len() < same.len() * MOST);
    }
}
