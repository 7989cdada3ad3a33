//! The band a rank belongs to, for comparison and display: words and abbreviations of British and American forces.
//!
//! Ranks are read word by word, because abbreviations lie inside each other and inside other words: `DCI` is no `DC`, and a
//! consultant is no `lt`. What points to the highest band decides, so that a detective sergeant is a sergeant.

const CHIEF: &str = "Chief inspector and above";
const MIDDLE: &str = "Sergeant to inspector";
const STAFF: &str = "Police staff";
const CONSTABLE: &str = "Constable";

/// Whole words; also codes that Boston writes for a rank when they are all there is.
const CHIEF_WORDS: &[&str] = &[
    "chief",
    "ch",
    "chinsp",
    "cinsp",
    "ci",
    "dci",
    "tdci",
    "adci",
    "supt",
    "chsupt",
    "csupt",
    "dsupt",
    "detsupt",
    "su",
    "dsu",
    "cs",
    "dcs",
    "cc",
    "dcc",
    "acc",
    "ac",
    "dac",
    "commander",
    "cmdr",
    "cdr",
    "commissioner",
    "captain",
    "capt",
    "captdet",
    "deputy",
];
const MIDDLE_WORDS: &[&str] = &[
    "sgt",
    "sgtdet",
    "dsgt",
    "detsgt",
    "ps",
    "wps",
    "tps",
    "aps",
    "ds",
    "tds",
    "ads",
    "inspector",
    "insp",
    "inspr",
    "dinsp",
    "detinsp",
    "di",
    "tdi",
    "adi",
    "lt",
    "ltdet",
];
const STAFF_WORDS: &[&str] =
    &["staff", "pcso", "cso", "support", "detention", "clerk", "analyst", "operator", "grade", "manager"];
const CONSTABLE_WORDS: &[&str] =
    &["const", "con", "pc", "wpc", "dc", "wdc", "tdc", "sc", "det", "officer", "off", "po", "ptl", "ptlm"];
/// Beginnings of words that are written out in several ways.
const CHIEF_STEMS: &[&str] = &["superint"];
const MIDDLE_STEMS: &[&str] = &["serg", "lieut"];
const STAFF_STEMS: &[&str] = &["civil"];
const CONSTABLE_STEMS: &[&str] = &["constab", "detective", "patrol"];

/// The band of a rank as a roll writes it.
pub fn rank_band(rank: &str) -> &'static str {
    let words = words(rank);
    let has = |whole: &[&str], stems: &[&str]| {
        words.iter().any(|w| whole.contains(&w.as_str()) || stems.iter().any(|stem| w.starts_with(stem)))
    };
    match &*words.join(" ") {
        "" => return "Rank unknown",
        "03" => return CHIEF,
        "04" | "05" | "06" | "07" => return MIDDLE,
        "08" | "09" => return CONSTABLE,
        _ => {}
    }
    if has(CHIEF_WORDS, CHIEF_STEMS) || is_chief_inspector(&words) {
        CHIEF
    } else if has(MIDDLE_WORDS, MIDDLE_STEMS) {
        MIDDLE
    } else if has(STAFF_WORDS, STAFF_STEMS) {
        STAFF
    } else if has(CONSTABLE_WORDS, CONSTABLE_STEMS) {
        CONSTABLE
    } else {
        "Other rank"
    }
}

/// Lower-case words; letters that stand alone are one abbreviation: `P.C.` is `pc`, `D.C.I.` is `dci`.
fn words(rank: &str) -> Vec<String> {
    let lower = rank.to_lowercase();
    let mut words: Vec<String> = Vec::new();
    let mut joins = false;
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let single = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if single && joins => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
        joins = single;
    }
    words
}

/// `C/Insp` and `D/C/Insp`.
fn is_chief_inspector(words: &[String]) -> bool {
    words.windows(2).any(|w| matches!(&*w[0], "c" | "dc" | "tc" | "ac") && w[1].starts_with("insp"))
}

#[cfg(test)]
mod tests {
    use super::{CHIEF, CONSTABLE, MIDDLE, STAFF, rank_band};

    #[test]
    fn ranks_and_their_abbreviations_are_read_word_by_word() {
        let table: [(&str, &[&str]); 6] = [
            (
                CHIEF,
                &[
                    "Chief Inspector",
                    "C/Insp",
                    "C. Insp",
                    "Ch Insp",
                    "D/C/Insp",
                    "CI",
                    "DCI",
                    "D.C.I.",
                    "T/DCI",
                    "TDCI",
                    "Supt",
                    "Det Supt",
                    "Detective Superintendent",
                    "Chief Supt.",
                    "DCS",
                    "ACC",
                    "DCC",
                    "CC",
                    "Assistant Chief Constable",
                    "Commander",
                    "Deputy Commissioner",
                    "CMDR",
                    "CAPTAIN OF POLICE",
                    "Capt",
                    "CaptDet",
                    "DEP CHIEF",
                    "ASST DEPUTY SUP",
                    "SUPERINTENDENT'S CHIEF OF STAFF",
                    "03",
                ],
            ),
            (
                MIDDLE,
                &[
                    "Sergeant",
                    "Sergt",
                    "SGT ASSGN SEC SPEC",
                    "SgtDet",
                    "Police Sergeant (Det)",
                    "PS",
                    "A/PS",
                    "DS",
                    "T/DS",
                    "Detective Sergeant",
                    "Inspector",
                    "Insp",
                    "DI",
                    "A/DI",
                    "Detective Inspector",
                    "Lieut",
                    "LIEUTENANT OF POLICE",
                    "LtDet",
                    "LT",
                    "04",
                    "07",
                ],
            ),
            (
                CONSTABLE,
                &[
                    "Constable",
                    "Detective Constable",
                    "PC",
                    "P.C.",
                    "DC",
                    "T/DC",
                    "Special Constable",
                    "POLICE OFFICER",
                    "PO AS DETECTIVE",
                    "P O ASSGN SEC SPEC",
                    "FIELD TRAINING OFFICER",
                    "Ptl",
                    "Det",
                    "DETECTIVE",
                    "Patrolman",
                    "08",
                    "09",
                ],
            ),
            (
                STAFF,
                &[
                    "Staff",
                    "Police staff",
                    "PCSO",
                    "Police Community Support Officer",
                    "Civili",
                    "Grade 7",
                    "Analyst",
                ],
            ),
            ("Other rank", &["Consultant", "Team leader", "Head of team", "Volunteer", "OTHER"]),
            ("Rank unknown", &["", "  ", "-"]),
        ];
        for (band, ranks) in table {
            for rank in ranks {
                assert_eq!(rank_band(rank), band, "{rank}");
            }
        }
    }
}
