//! Who acted on whom in a group, read from the cited rows.

use contract::{Edge, Graph};
use model::{Pseudonym, Subject};
use std::collections::BTreeMap;
use store::evidence::Cited;

/// Headings whose cell names who acted.
const ACTORS: &[&str] = &["edit", "by", "changed", "author", "approv"];

/// Members as nodes and cited rows as edges; `None` for anything but a group, or where no row names two members.
pub(super) fn draw(subject: &Subject, columns: &[String], cited: &[&Cited]) -> Option<Graph> {
    let Subject::Group(members) = subject else { return None };
    let place = |cell: &str| {
        let code: Pseudonym = cell.parse().ok()?;
        members.iter().position(|m| *m == code).map(|at| at as u32)
    };
    let mut edges: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for row in cited {
        let named: Vec<(bool, u32)> = row
            .row
            .cells
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| Some((is_actor(columns.get(at)), place(cell)?)))
            .collect();
        // Who changed stands before who approved.
        let find = |actor| named.iter().find(|(acts, _)| *acts == actor).map(|(_, place)| *place);
        let between = find(true).zip(find(false)).or(match named.as_slice() {
            [first, second] => Some((first.1, second.1)),
            _ => None,
        });
        if let Some((from, to)) = between.filter(|(from, to)| from != to) {
            *edges.entry((from, to)).or_default() += 1;
        }
    }
    (!edges.is_empty()).then(|| Graph {
        nodes: members.iter().map(ToString::to_string).collect(),
        edges: edges.into_iter().map(|((from, to), rows)| Edge { from, to, rows }).collect(),
    })
}

fn is_actor(heading: Option<&String>) -> bool {
    let heading = heading.map(|h| h.to_lowercase()).unwrap_or_default();
    ACTORS.iter().any(|word| heading.split(' ').any(|part| part.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::draw;
    use model::{EvidenceRow, ImportId, LeadId, Locator, Pseudonym, SourceKind, Subject};
    use store::evidence::Cited;

    fn row(cells: &[String]) -> Cited {
        let (import, kind) = (ImportId(1), SourceKind::RosterEdits);
        let row = EvidenceRow { import, row: 1, kind, at: 0, until: 0, cells: cells.to_vec() };
        Cited { lead: LeadId(1), finding: 0, n: 0, locator: Locator::from_bits(1), row }
    }

    #[test]
    fn an_edge_runs_from_who_edited_to_whose_duty_it_was_and_counts_rows() {
        let (a, b) = (Pseudonym::from_bits(1), Pseudonym::from_bits(2));
        let group = Subject::group(vec![a, b]).expect("two");
        let columns: Vec<String> =
            ["Changed", "By", "Duty of", "Gain", "Approved by"].map(String::from).to_vec();
        let changed = |gain: &str, approved: &str| {
            row(&["1 Jan 2026".into(), b.to_string(), a.to_string(), gain.into(), approved.into()])
        };
        let rows = [changed("90", ""), changed("30", &a.to_string()), changed("30", &b.to_string())];
        let graph = draw(&group, &columns, &rows.iter().collect::<Vec<_>>()).expect("a graph");
        assert_eq!(graph.nodes, [a.to_string(), b.to_string()]);
        assert_eq!((graph.edges[0].from, graph.edges[0].to, graph.edges[0].rows), (1, 0, 3));
        assert!(draw(&Subject::Officer(a), &columns, &[]).is_none());
        let outsider =
            row(&["1 Jan 2026".into(), "OFC-ZZZZ-ZZZZ".into(), a.to_string(), "5".into(), "".into()]);
        assert!(draw(&group, &columns, &[&outsider]).is_none());
    }
}
