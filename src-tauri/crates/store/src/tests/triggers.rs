//! Every rule that stands in the schema as a trigger, tried by raw SQL as code with a mistake in it would.

use super::*;
use std::collections::BTreeSet;

/// One row in every table that a trigger guards; the lead, its pack and its hold are numbered 1.
const FILL: &str = "
    INSERT INTO ledger_leaves VALUES (0, zeroblob(32), x'7b7d'), (1, zeroblob(32), x'7b7d');
    INSERT INTO ledger_hashes VALUES (0, zeroblob(32));
    INSERT INTO checkpoints VALUES (1, 2, 'note');
    INSERT INTO evidence VALUES (1, 0, 0, 1, 3, 10, 20, 'duties', 5, '[]');
    INSERT INTO notes VALUES (1, 1, 60, 'member-1', 'asked the unit');
    INSERT INTO decisions VALUES (1, 1, 60, 'member-1', 'welfare', 'overload', '[]', NULL);
    INSERT INTO identities VALUES (0, 1, 0, zeroblob(32), x'61');
    INSERT INTO unmaskings VALUES (0, 1, 0, 70, 'member-1', 'name', 5, x'01', '{}', 'revealed', 700);
    INSERT INTO unmaskings VALUES (1, 1, 0, 70, 'member-1', 'name', 5, x'01', '{}', 'expired', 700);
    INSERT INTO recusals VALUES (1, 'member-2', 60, 'a colleague');
    INSERT INTO erased VALUES ('0123456789012345678901234567890123456789012=', 1);
    INSERT INTO second_reviews VALUES (1, 1, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO parameter_changes VALUES (1, 60, 'member-1', 'overtime-rate', 'limit', 1, 2);
    INSERT INTO texts VALUES (0, x'01', 'why?'), (1, x'01', 'because');
    INSERT INTO requests VALUES (0, 'age1', NULL, NULL, 'name', 5, 900, 1);
    INSERT INTO countersignatures VALUES (1, 1, 'dpo-1', 80, 'note');
    INSERT INTO challenges VALUES (0, 'C-0', 'dpo-1', '{}', 0, 1, 80, 'hash', 1);
    INSERT INTO name_filter VALUES (1, zeroblob(8));
    INSERT INTO name_checks VALUES ('member-1', 20000, 3);
    INSERT INTO protected VALUES (1, zeroblob(32), x'61');
    INSERT INTO link_proposals VALUES (1, 1, 0, 'same_id', 90, 1);
    INSERT INTO link_decisions VALUES (1, 1, 1, 60, 'member-1', 'the same person');
    INSERT INTO lead_packs VALUES (1, 1, 'hash', 'root', 'K-0', 'rep-1', 20100, 80);
    INSERT INTO replies VALUES ('reply', 'hash', 1, 90, 'rep-1', '{}', '[]');
    INSERT INTO holds VALUES (1, 1, 60, 'member-1', 'an appeal', 70, 'member-1');
    INSERT INTO deletions VALUES (1, 60, 'member-1', 'no use', 70, 'member-2');";

/// What is tried, and the rule that stops it.
const TRIED: [(&str, &str); 72] = [
    (
        "INSERT INTO erasure_window (receipt) VALUES (9); DELETE FROM erasure_window",
        "an erasure needs its receipt in the same transaction",
    ),
    ("INSERT INTO erasure_window (receipt) VALUES (1)", "an erasure needs a receipt of its own"),
    (
        "INSERT INTO erasure_window (receipt) VALUES (9); UPDATE erasure_window SET receipt = 8",
        "an erasure keeps the receipt it began with",
    ),
    ("INSERT INTO erasures VALUES (0, 0, 'm', 'r', '{}')", "receipts are counted from 1"),
    ("UPDATE erasures SET rule = 'other'", "an erasure receipt is never changed"),
    ("DELETE FROM erasures", "an erasure receipt is never removed"),
    ("INSERT INTO officers VALUES (9, 1, 0, 1)", "officers are numbered without gaps"),
    ("UPDATE officers SET pseudonym = 5 WHERE idx = 0", "an officer keeps number and code"),
    ("UPDATE officers SET first_import = 2", "an officer keeps number and code"),
    ("DELETE FROM officers", "an officer number is never given up"),
    ("UPDATE identities SET sealed = x''", "a sealed identity is never changed"),
    ("DELETE FROM identities", "a sealed identity is emptied by an erasure, its hash stays"),
    ("UPDATE evidence SET cells = '[1]'", "an evidence row is never changed"),
    (
        "INSERT INTO decisions VALUES (2, 1, 0, 'm', 'welfare', 'r', '[]', NULL)",
        "a decision supersedes the last one on its lead",
    ),
    ("UPDATE decisions SET reason = 'other'", "a decision is never changed: take a later one"),
    ("DELETE FROM decisions", "a decision is never removed"),
    ("UPDATE notes SET text = 'other'", "a note is never changed: write another"),
    ("DELETE FROM notes", "a note is never removed"),
    (
        "INSERT INTO ledger_leaves VALUES (5, zeroblob(32), x'7b7d')",
        "ledger entries follow one another without a gap",
    ),
    ("UPDATE ledger_leaves SET bytes = x'5b5d'", "a ledger entry is never changed"),
    ("DELETE FROM ledger_leaves", "a ledger entry is never removed"),
    ("INSERT INTO ledger_hashes VALUES (5, zeroblob(32))", "tree hashes follow one another without a gap"),
    ("UPDATE ledger_hashes SET hash = zeroblob(32)", "a tree hash is never changed"),
    ("DELETE FROM ledger_hashes", "a tree hash is never removed"),
    ("INSERT INTO checkpoints VALUES (2, 9, 'note')", "a checkpoint covers entries that exist"),
    ("UPDATE checkpoints SET note = 'other'", "a checkpoint is never changed"),
    ("DELETE FROM checkpoints", "a checkpoint is never removed"),
    ("UPDATE unmaskings SET text = 'other'", "an unmasking keeps its reason"),
    ("UPDATE unmaskings SET officer = 1", "an unmasking keeps its reason"),
    ("UPDATE unmaskings SET state = 'revealed' WHERE seq = 1", "an unmasking that ended does not come back"),
    ("UPDATE unmaskings SET until = 900", "the end of an unmasking is set once"),
    ("DELETE FROM unmaskings", "an unmasking is never removed"),
    ("UPDATE recusals SET reason = 'other'", "a recusal is never changed"),
    ("DELETE FROM recusals", "a recusal is never removed"),
    (
        "INSERT OR REPLACE INTO second_reviews VALUES (1, 1, 5, 'member-1', 'welfare', 'r', '[]')",
        "a second review begins with nobody",
    ),
    ("UPDATE erased SET receipt = 2", "what was erased stays marked"),
    ("DELETE FROM erased", "what was erased is marked for good"),
    ("UPDATE second_reviews SET member = 'member-1'", "a second review is somebody else's"),
    (
        "UPDATE second_reviews SET at = 1; UPDATE second_reviews SET at = 2",
        "a second review is never changed",
    ),
    ("UPDATE second_reviews SET at = 1; DELETE FROM second_reviews", "a second review is never removed"),
    ("UPDATE parameter_changes SET after = 9", "a change of a setting is never changed"),
    ("DELETE FROM parameter_changes", "a change of a setting is never removed"),
    ("UPDATE texts SET text = 'other'", "a text is never changed"),
    ("DELETE FROM texts", "a text is never removed"),
    ("UPDATE requests SET once = 'other'", "a request keeps its key"),
    ("UPDATE requests SET secret = x'01'", "a one-time key does not come back"),
    ("UPDATE requests SET answer = 0", "a request is answered once"),
    ("UPDATE requests SET answer = NULL", "a request is answered once"),
    ("DELETE FROM requests", "a request is never removed"),
    ("UPDATE countersignatures SET note = 'other'", "a countersignature is never changed"),
    ("DELETE FROM countersignatures", "a countersignature is never removed"),
    ("UPDATE challenges SET entry = 1", "a challenge keeps its question"),
    ("UPDATE challenges SET member = 'dpo-2'", "a challenge keeps its question"),
    ("UPDATE challenges SET answered = 0", "a challenge is answered once"),
    ("UPDATE challenges SET answered = NULL", "a challenge is answered once"),
    ("DELETE FROM challenges", "a challenge is never removed"),
    ("UPDATE name_checks SET asked = 2", "checks that were asked stay counted"),
    ("UPDATE name_checks SET member = 'member-2', asked = 9", "checks that were asked stay counted"),
    ("DELETE FROM name_checks", "checks that were asked stay counted"),
    ("UPDATE protected SET sealed = x''", "protected characteristics are never changed"),
    ("DELETE FROM protected", "protected characteristics go only with an erasure"),
    ("UPDATE link_decisions SET linked = 0", "a decision on a link is superseded, never changed"),
    ("DELETE FROM link_decisions", "a decision on a link is superseded, never removed"),
    ("UPDATE lead_packs SET reply_by = 1", "a pack that was given stays as it was"),
    ("DELETE FROM lead_packs", "a pack that was given stays known"),
    ("UPDATE replies SET body = '[]'", "an answer is never changed"),
    ("DELETE FROM replies", "an answer is never removed"),
    ("UPDATE holds SET reason = 'other'", "a hold keeps its reason"),
    ("UPDATE holds SET released_at = NULL", "a hold ends once"),
    ("DELETE FROM holds", "a hold is never removed"),
    ("UPDATE deletions SET proposed_by = 'member-3'", "a deletion keeps its reason"),
    ("UPDATE deletions SET confirmed_by = 'member-3'", "a deletion is confirmed once"),
];

fn filled(dir: &TempDir) -> Store {
    let mut store = furnished(dir);
    store
        .write(|tx| {
            crate::leads::insert(tx, &lead(0, 10), 50)?;
            crate::erasures::run(tx, 80, "member-1", "a rule", |_| Ok::<_, StoreError>("{}".into()))
        })
        .unwrap();
    store.sql().execute_batch(FILL).unwrap();
    store
}

/// The words of every rule in the schema.
fn rules(store: &Store) -> BTreeSet<String> {
    let mut found = store.sql().prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let all = found.query_map([], |r| r.get::<_, String>(0)).unwrap().map(Result::unwrap);
    let words = |sql: String| {
        let from = sql.split_once("RAISE(ABORT, '").expect("each rule refuses").1;
        from.split_once("')").expect("in words").0.replace("''", "'")
    };
    all.map(words).collect()
}

#[test]
fn each_rule_of_the_schema_stops_what_it_is_there_to_stop() {
    let dir = folder();
    let store = filled(&dir);
    for (statement, rule) in TRIED {
        let run =
            store.sql().execute_batch(&format!("SAVEPOINT before; {statement}")).map_err(StoreError::from);
        assert_eq!(run, Err(StoreError::Refused(rule.to_owned())), "{statement}");
        store.sql().execute_batch("ROLLBACK TO before; RELEASE before").unwrap();
    }
    let tried: BTreeSet<String> = TRIED.iter().map(|(_, rule)| (*rule).to_owned()).collect();
    assert_eq!(rules(&store), tried, "a rule was added or dropped without trying it");
}

#[test]
fn a_row_put_in_the_place_of_another_is_stopped_as_a_removal() {
    let dir = folder();
    let store = filled(&dir);
    for statement in [
        "INSERT OR REPLACE INTO texts VALUES (0, x'01', 'other')",
        "INSERT OR REPLACE INTO requests VALUES (0, 'other', x'01', NULL, NULL, NULL, 900, NULL)",
        "INSERT OR REPLACE INTO countersignatures VALUES (1, 2, 'dpo-2', 80, 'other')",
        "INSERT OR REPLACE INTO challenges VALUES (0, 'C-0', 'dpo-2', '{}', 1, 1, 80, 'other', NULL)",
        "INSERT OR REPLACE INTO name_checks VALUES ('member-1', 20000, 1)",
        "INSERT OR REPLACE INTO protected VALUES (1, zeroblob(32), x'62')",
        "INSERT OR REPLACE INTO parameter_changes VALUES (1, 0, 'm', 'i', 'n', 1, 1)",
        "INSERT OR REPLACE INTO link_decisions VALUES (1, 1, 0, 60, 'm', 'r')",
        "INSERT OR REPLACE INTO lead_packs VALUES (1, 1, 'other', 'root', 'K-1', 'rep-2', 1, 80)",
        "INSERT OR REPLACE INTO replies VALUES ('reply', 'hash', 1, 90, 'rep-1', '[]', '[]')",
        "INSERT OR REPLACE INTO holds VALUES (1, 1, 60, 'm', 'other', NULL, NULL)",
        "INSERT OR REPLACE INTO erased VALUES ('0123456789012345678901234567890123456789012=', 2)",
        "INSERT OR REPLACE INTO recusals VALUES (1, 'member-2', 0, 'other')",
    ] {
        let run = store.sql().execute_batch(statement).map_err(StoreError::from);
        assert!(matches!(run, Err(StoreError::Refused(_))), "{statement}: {run:?}");
    }
}
