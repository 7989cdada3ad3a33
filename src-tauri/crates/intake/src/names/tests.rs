use super::*;
use crate::read::RawIdentity;

fn person(id: &str, forenames: &str, surname: &str, others: &[&str]) -> RawIdentity {
    let mut raw = RawIdentity::default();
    raw.officer_id = id.into();
    raw.forenames = forenames.into();
    raw.surname = surname.into();
    raw.other_ids = others.iter().map(|o| (*o).to_owned()).collect();
    raw
}

fn code(n: u64) -> Pseudonym {
    Pseudonym::from_bits(n)
}

fn set() -> NameSet {
    let people = [
        person("W4471", "Zoë Anne", "O'Hanlon-Vega", &["zohanlon", "zoe.vega@force.example"]),
        person("W4472", "Peter", "Day", &[]),
        person("W4473", "Ivo", "Banks", &[]),
        person("W4474", "Marguerite", "Quillfeather", &[]),
        person("W4475", "Lucian", "Quillfeather", &[]),
        person("0912", "Anders", "van der Berghe", &[]),
    ];
    NameSet::build(people.iter().enumerate().map(|(n, p)| (code(n as u64), p)))
}

#[track_caller]
fn becomes(text: &str, wanted: &str) {
    assert_eq!(set().scrub(text).text, wanted);
}

#[test]
fn names_ids_logins_and_mail_become_the_officers_code() {
    becomes("asked by Zoe O\u{2019}Hanlon-Vega", &format!("asked by {}", code(0)));
    becomes("ZOË O'HANLON-VEGA", &code(0).to_string());
    becomes("O'Hanlon-Vega, Zoë", &code(0).to_string());
    becomes("see W4471 / zohanlon / zoe.vega@force.example", &format!("see {0} / {0} / {0}", code(0)));
    becomes("swap with Van der Berghe", &format!("swap with {}", code(5)));
    becomes("with A. van der Berghe", &format!("with {}", code(5)));
    becomes("near van der berghe", "near van der berghe");
}

#[test]
fn a_surname_two_officers_share_is_replaced_without_a_guess_and_a_full_name_decides() {
    becomes("ask Quillfeather", "ask [name]");
    becomes("ask Lucian Quillfeather", &format!("ask {}", code(4)));
    becomes("ask PC M. Quillfeather", "ask PC [name]");
}

#[test]
fn ordinary_words_that_are_surnames_stay_in_lower_case_and_are_flagged_in_capitals() {
    let set = set();
    let lower = set.scrub("rest day near the banks");
    assert_eq!((lower.text.as_str(), lower.replaced, lower.flagged), ("rest day near the banks", 0, false));
    let capital = set.scrub("asked by Banks");
    assert_eq!((capital.replaced, capital.flagged), (0, true));
    becomes("asked by PC Banks", &format!("asked by PC {}", code(2)));
    becomes("asked by peter day", &format!("asked by {}", code(1)));
}

#[test]
fn a_listed_word_that_happens_to_be_a_surname_does_not_tell_whose_code_is_whose() {
    assert_eq!(set().scrub_word("COURT:VAN DER BERGHE PREP").text, "COURT:[name] PREP");
    assert_eq!(set().scrub_word("PC VAN DER BERGHE").text, format!("PC {}", code(5)));
    becomes("COURT:VAN DER BERGHE PREP", &format!("COURT:{} PREP", code(5)));
}

#[test]
fn names_inside_other_words_are_left() {
    becomes("w44711 and Bankside and dayshift", "w44711 and Bankside and dayshift");
    becomes("09:12 on 0912/03 or 10.0912", "09:12 on 0912/03 or 10.0912");
    becomes("collar 0912 asked", &format!("collar {} asked", code(5)));
}

#[test]
fn personal_details_become_placeholders_of_their_kind() {
    let none = NameSet::empty();
    for (text, wanted) in [
        ("ring 07700 900123 now", "ring [phone] now"),
        ("ring +44 20 7946 0958", "ring [phone]"),
        ("(01632) 960 001", "[phone]"),
        ("mail someone.else@mail.example", "mail [email]"),
        ("lives at SW1A 2AA", "lives at [postcode]"),
        ("m1 1ae", "[postcode]"),
        ("stopped AB12 CDE", "stopped [vehicle]"),
        ("stopped A123 BCD", "stopped [vehicle]"),
        ("NI QQ 12 34 56 C", "NI QQ 12 34 56 C"),
        ("NI AB123456C", "NI [nino]"),
        ("ref 2026-03-04 07:00, 12 rows", "ref 2026-03-04 07:00, 12 rows"),
        ("0700", "0700"),
        // The program's own drawn codes may look like a vehicle's.
        ("row E-AB12CD of C-A12BCD, not AB12 CDE", "row E-AB12CD of C-A12BCD, not [vehicle]"),
    ] {
        assert_eq!(none.scrub(text).text, wanted, "{text}");
    }
}

#[test]
fn an_unknown_capitalised_pair_is_flagged_and_not_changed() {
    let none = NameSet::empty();
    let doubt = none.scrub("requested by Somebody Unheard");
    assert_eq!((doubt.text.as_str(), doubt.flagged), ("requested by Somebody Unheard", true));
    assert!(!none.scrub("Crown Court on Monday").flagged);
    assert!(!none.scrub_word("DISTRICT 04").flagged);
    assert!(!none.scrub_word("Youth Violence Strike Force").flagged);
    assert!(none.may_name("Overtime Somebody Unheard.xlsx"));
    assert!(!none.may_name("court_overtime_2018.xlsx"));
    assert!(set().may_name("roster zohanlon.csv"));
}

#[test]
fn a_set_survives_its_bytes_and_two_become_one() {
    let set = set();
    let back = NameSet::from_bytes(&set.to_bytes()).unwrap();
    assert_eq!(back.scrub("Peter Day").text, code(1).to_string());
    assert!(NameSet::from_bytes(b"[{\"officer\":1}]").is_err());
    let newer = person("W9", "Tamsin", "Orrinwold", &[]);
    let both = back.merge(NameSet::build([(code(70), &newer)]));
    assert_eq!(both.scrub("Orrinwold and Peter Day").text, format!("{} and {}", code(70), code(1)));
    // A name changed: the old one is still found.
    let married = person("W4474", "Marguerite", "Orrinwold", &[]);
    let again = set.merge(NameSet::build([(code(3), &married)]));
    assert_eq!(
        again.scrub("Marguerite Quillfeather, Marguerite Orrinwold").text,
        format!("{0}, {0}", code(3))
    );
}

#[test]
fn a_long_text_is_withheld() {
    let scrubbed = NameSet::empty().scrub(&"word ".repeat(200));
    assert_eq!((scrubbed.text.as_str(), scrubbed.flagged), ("[long text withheld]", true));
}
