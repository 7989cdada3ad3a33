//! Words with a form of their own, read while the command is: what cannot be read is wrong usage.

use contract::{ParameterRef, WithholdItem};
use model::SourceKind;

/// An ISO day.
pub fn day(typed: &str) -> Result<String, String> {
    let day =
        model::time::parse_day(typed).ok_or("a day is written as year-month-day, such as 2026-07-01")?;
    Ok(model::time::iso_day(day))
}

/// The kinds of source there are.
pub fn kinds() -> Vec<&'static str> {
    SourceKind::ALL.iter().map(|kind| kind.as_str()).collect()
}

/// `roster-self-edit.min_edits=3`.
pub fn setting(typed: &str) -> Result<ParameterRef, String> {
    let parsed = typed.split_once('=').and_then(|(place, value)| {
        let (indicator, name) = place.split_once('.')?;
        let value = value.trim().parse().ok()?;
        Some(ParameterRef { indicator: indicator.trim().to_owned(), name: name.trim().to_owned(), value })
    });
    parsed.ok_or_else(|| {
        "a setting is indicator.name=value with a whole number, such as roster-self-edit.min_edits=3".into()
    })
}

/// `rows 2:c:prejudices the other inquiry`.
pub fn withheld(typed: &str) -> Result<WithholdItem, String> {
    let mut parts = typed.splitn(3, ':').map(|p| p.trim().to_owned());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(item), Some(ground), Some(reason)) => Ok(WithholdItem { item, ground, reason }),
        _ => Err("what is withheld is WHAT:GROUND:REASON, such as \"rows 2:c:prejudices the other inquiry\""
            .into()),
    }
}

#[cfg(test)]
mod tests {
    use crate::arguments::Arguments;
    use clap::Parser;

    fn code(words: &str) -> i32 {
        Arguments::try_parse_from(words.split(' ')).map_or_else(|e| e.exit_code(), |_| 0)
    }

    #[test]
    fn words_that_cannot_be_read_are_wrong_usage() {
        assert_eq!(code("countersign indicators s --set overtime-clash.min_claims=3"), 0);
        assert_eq!(code("countersign indicators s --set overtime-clash"), 2);
        assert_eq!(code("countersign indicators s --preview overtime-clash.min_claims=many"), 2);
        assert_eq!(code("countersign import s f.csv --gate g --kind duties"), 0);
        assert_eq!(code("countersign import s f.csv --gate g --kind horses"), 2);
        assert_eq!(code("countersign pack lead s L-0001 --withhold rank:c:prejudice"), 0);
        assert_eq!(code("countersign pack lead s L-0001 --withhold rank"), 2);
        assert_eq!(code("countersign ledger list s --from 2026-07-01"), 0);
        assert_eq!(code("countersign ledger list s --until yesterday"), 2);
    }

    #[test]
    fn a_report_is_exactly_one_document() {
        assert_eq!(code("countersign oversight report s --dpia --out o"), 0);
        assert_eq!(code("countersign oversight report s --out o"), 2);
        assert_eq!(code("countersign oversight report s --dpia --s62 --out o"), 2);
        assert_eq!(code("countersign oversight s"), 0);
    }
}
