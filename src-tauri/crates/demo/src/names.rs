//! Names that are obviously nobody's: each is made of words for examples and tests.

use crate::rng::Rng;

/// Some carry letters outside ASCII, so that the Windows-1252 file is a real one.
const FORENAMES: &[&str] = &[
    "Exempla", "Testina", "Demo", "Démo", "Specimen", "Trialla", "Samplia", "Mocka", "Fixtura", "Dummian",
    "Placida", "Protón", "Pilotta", "Sandbox", "Stubbina", "Loremia", "Ipsum", "Dolora", "Façade", "Modello",
    "Drafta", "Nulla", "Betaline", "Alphan", "Gämma", "Assertia", "Seeda", "Random", "Synthea", "Figura",
];

const SURNAMES: &[&str] = &[
    "Samplewood",
    "Mockford",
    "Placeholder",
    "Fictley",
    "Example",
    "Testcase",
    "Dummyfield",
    "Stubbington",
    "Fixtureham",
    "Demoworth",
    "Specimenby",
    "Trialstone",
    "Draftmoor",
    "Loremby",
    "Ipsumdale",
    "Fakenshaw",
    "Sandboxley",
    "Prototypton",
    "Modelthorpe",
    "Nullbury",
    "Seedham",
    "Randomsey",
    "Betafield",
    "Alphaby",
    "Assertwell",
    "Synthcote",
    "Pretendle",
    "Imaginham",
    "Inventley",
    "Notreal",
    "Makebelieve",
    "Fabley",
    "Storyford",
    "Mythwaite",
    "Fabricote",
    "Münsterprobe",
    "Pastiche",
    "Façadely",
    "Madeupton",
    "Nobodyson",
];

const TREES: &[&str] = &[
    "Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Maple", "Oak", "Pine", "Rowan",
    "Spruce", "Willow", "Yew",
];

/// A made-up forename.
pub fn forename(rng: &mut Rng) -> &'static str {
    rng.word(FORENAMES)
}

/// A made-up surname, mostly of two parts: `Example-Alder`, `Testcase Birch`, `Mockford`.
pub fn surname(rng: &mut Rng) -> String {
    let (first, tree) = (rng.word(SURNAMES), rng.word(TREES));
    match rng.below(10) {
        0..4 => format!("{first}-{tree}"),
        4..6 => format!("{first} {tree}"),
        6..8 => format!("{first}-{}", rng.word(SURNAMES)),
        _ => first.to_owned(),
    }
}

/// Small ASCII letters of a name, accents folded away, as a login carries them.
pub fn ascii(name: &str) -> String {
    let fold = |c: char| match c {
        'é' => Some('e'),
        'ó' => Some('o'),
        'ç' => Some('c'),
        'ä' => Some('a'),
        'ü' => Some('u'),
        c if c.is_ascii_alphabetic() => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    name.chars().filter_map(fold).collect()
}
