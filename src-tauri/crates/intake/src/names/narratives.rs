//! How many names the check of typed text finds, and how often it cries wolf, on made-up sentences.
//!
//! `cargo test -p intake narratives -- --nocapture` prints the table.

use super::*;
use crate::read::RawIdentity;

const FORENAMES: [&str; 12] = [
    "Anwen",
    "Tobias",
    "Keziah",
    "Rufus",
    "Priyanka",
    "Oluwaseun",
    "Marguerite",
    "Zofia",
    "Callum",
    "Bronagh",
    "Imran",
    "Yolanda",
];
const SURNAMES: [&str; 12] = [
    "Quillfeather",
    "Osterhagen",
    "O'Hanlon-Vega",
    "van der Berghe",
    "Thistlewaite",
    "Adebowale",
    "Kowalczyk",
    "Banks",
    "Day",
    "Pemberley-Stone",
    "Llewellyn",
    "Orrinwold",
];
/// What somebody may write of a person, and whether the roll or the patterns can know it. `{f}` is a forename.
const NAMED: [(&str, &str); 16] = [
    ("forename and surname", "{f} {s}"),
    ("surname, forename", "{s}, {f}"),
    ("small letters", "{lf} {ls}"),
    ("capitals", "{uf} {us}"),
    ("rank and surname", "PC {s}"),
    ("initial and surname", "{i}. {s}"),
    ("rank and surname in small letters", "sgt {ls}"),
    ("forename alone", "{f}"),
    ("id", "{id}"),
    ("login", "{login}"),
    ("e-mail", "{login}@force.example"),
    ("telephone", "07700 900{n}"),
    ("postcode", "SW1A 2AA"),
    ("vehicle mark", "AB12 CDE"),
    ("National Insurance number", "AB123{n}C"),
    ("one letter of the surname wrong", "{f} {ws}"),
];
const AROUND: [&str; 6] = [
    "The supervisor asked {} about the change of shift in March.",
    "A paper approval was found; {} signed it before the duty.",
    "Cover for the night was agreed with {} by telephone.",
    "According to the duty log {} was at the station until nine.",
    "We need to know whether {} had a second reader that week.",
    "the swap was with {} and nobody gained from it",
];
const CLEAN: [&str; 20] = [
    "The approvals of the unit were asked for and none were kept.",
    "The officer was on a course in April; the roster shows a rest day.",
    "Crown Court on Monday, so the shift was moved by two hours.",
    "OFC-7K2M-0XZ9 had leave; see lead L-0042 and entry 412.",
    "PSD/2026/0142: the severity assessment needs the unit's view.",
    "The edit was made at 21:14 on 2026-03-04, after the duty had started.",
    "Banks were closed; day shift covered the high street.",
    "Officers of the Crime Command share one reader at the north door.",
    "Sickness was recorded late and the roster was not corrected.",
    "Twelve edits in five months, 31 h 30 min of premium time.",
    "No further action: the roster unit confirmed the paper form.",
    "A welfare conversation is offered; hours were above 48 a week.",
    "The National Computer was searched during the incident.",
    "Operation order 17 covers the overtime of that weekend.",
    "The reader at the custody suite was out of order from 3 to 9 May.",
    "Regulation 17 does not apply yet; this is a lead.",
    "Two sources disagree, so the data custodian should compare the files.",
    "Special constables and volunteers are in another export.",
    "The file roster_2026_q2.csv has one row twice.",
    "Average of 412 people in comparable roles: median 0, highest 2.",
];

/// A small generator, so that each run measures the same sentences.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

fn people() -> Vec<RawIdentity> {
    let pair = |n: usize| (FORENAMES[n % 12], SURNAMES[(n / 12 + n) % 12]);
    let person = |n: usize| {
        let (forename, surname) = pair(n);
        let mut raw = RawIdentity::default();
        raw.officer_id = format!("W{}", 44_000 + n);
        raw.forenames = forename.into();
        raw.surname = surname.into();
        raw.other_ids = vec![login(forename, surname, n)];
        raw
    };
    (0..144).map(person).collect()
}

fn login(forename: &str, surname: &str, n: usize) -> String {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    format!("{}{}{n}", &letters(forename)[..1], letters(surname)).to_lowercase()
}

fn mention(form: &str, who: &RawIdentity, n: usize) -> String {
    let wrong: String =
        who.surname.chars().enumerate().map(|(at, c)| if at == 3 { 'x' } else { c }).collect();
    form.replace("{f}", &who.forenames)
        .replace("{s}", &who.surname)
        .replace("{lf}", &who.forenames.to_lowercase())
        .replace("{ls}", &who.surname.to_lowercase())
        .replace("{uf}", &who.forenames.to_uppercase())
        .replace("{us}", &who.surname.to_uppercase())
        .replace("{i}", &who.forenames[..1])
        .replace("{id}", &who.officer_id)
        .replace("{login}", &who.other_ids[0])
        .replace("{ws}", &wrong)
        .replace("{n}", &format!("{:03}", n % 1000))
}

struct Score {
    found: Vec<usize>,
    false_alarms: usize,
}

/// Sentences per form; hashing is slow on purpose, so it gets fewer.
const EACH: usize = 100;
const EACH_HASHED: usize = 12;

fn measure(people: &[RawIdentity], each: usize, may_name: &dyn Fn(&str) -> bool) -> Score {
    let mut chance = Chance(1);
    let mut named = |form: &str| {
        let who = &people[chance.below(people.len())];
        let around = AROUND[chance.below(AROUND.len())];
        may_name(&around.replace("{}", &mention(form, who, chance.below(1000))))
    };
    let found = NAMED.iter().map(|(_, form)| (0..each).filter(|_| named(form)).count()).collect();
    let mut chance = Chance(2);
    let false_alarms = (0..NAMED.len() * each)
        .filter(|_| {
            let text = format!("{} {}", CLEAN[chance.below(CLEAN.len())], CLEAN[chance.below(CLEAN.len())]);
            may_name(&text)
        })
        .count();
    Score { found, false_alarms }
}

fn percent(part: usize, of: usize) -> f64 {
    100.0 * part as f64 / of.max(1) as f64
}

fn print(who: &str, each: usize, score: &Score) -> (f64, f64) {
    let found: usize = score.found.iter().sum();
    let (recall, precision) =
        (percent(found, NAMED.len() * each), percent(found, found + score.false_alarms));
    println!(
        "{who}: recall {recall:.1} %, precision {precision:.1} % on {} sentences",
        2 * NAMED.len() * each
    );
    for ((form, _), found) in NAMED.iter().zip(&score.found) {
        println!("  {form}: {:.0} %", percent(*found, each));
    }
    (recall, precision)
}

#[test]
fn most_names_are_found_in_narratives_and_few_alarms_are_false() {
    let people = people();
    let set = NameSet::build(people.iter().enumerate().map(|(n, p)| (Pseudonym::from_bits(n as u64), p)));
    let filter = NameFilter::build(&set, &[7; 32]);
    let roll = print("with the roll", EACH, &measure(&people, EACH, &|text| set.may_name(text)));
    let hashes = measure(&people, EACH_HASHED, &|text| filter.may_name(text));
    let hashed = print("with hashes", EACH_HASHED, &hashes);
    let nobody = NameSet::empty();
    print("with patterns alone", EACH, &measure(&people, EACH, &|text| nobody.may_name(text)));
    for (recall, precision) in [roll, hashed] {
        assert!(recall >= 95.0 && precision >= 85.0, "{recall} {precision}");
    }
    let start = std::time::Instant::now();
    assert!(!filter.may_name("nothing of the sort"));
    let guesses = 200;
    (0..guesses).for_each(|n| assert!(!filter.may_name(&format!("w{n}x{n}"))));
    println!("a guess at an id costs {:?}", start.elapsed() / guesses);
}

#[test]
fn hashes_answer_yes_or_no_and_need_the_key() {
    let people = people();
    let set =
        NameSet::build(people.iter().take(12).enumerate().map(|(n, p)| (Pseudonym::from_bits(n as u64), p)));
    let filter = NameFilter::build(&set, &[7; 32]);
    let again = NameFilter::from_bytes(&filter.to_bytes(), &[7; 32]);
    let name = format!("asked {} about it", people[3].surname);
    assert!(filter.may_name(&name) && again.may_name(&name), "{name}");
    assert!(filter.may_name("asked W44003 about it"));
    assert!(!NameFilter::from_bytes(&filter.to_bytes(), &[8; 32]).may_name("asked w44003 about it"));
    let bytes = filter.to_bytes();
    let holds = |text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(!holds("W44003") && !holds(&people[3].surname));
}

#[test]
fn a_name_deep_in_a_long_text_is_found_and_a_long_text_without_one_passes() {
    let people = people();
    let set = NameSet::build(people.iter().enumerate().map(|(n, p)| (Pseudonym::from_bits(n as u64), p)));
    let plain =
        "the roster unit was asked for every approval of that month and kept none of them ".repeat(40);
    assert!(!set.may_name(&plain));
    for at in [100, 390, 395, 400, 405, 800, 2_000] {
        let at = plain[..at].rfind(' ').unwrap() + 1;
        let text = format!("{}{} {} {}", &plain[..at], people[5].forenames, people[5].surname, &plain[at..]);
        assert!(set.may_name(&text), "at {at}");
    }
    assert!(set.may_name(&"x".repeat(900)), "what cannot be judged is not let through");
}
