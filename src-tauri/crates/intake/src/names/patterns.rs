//! Personal details known by their shape: e-mail, National Insurance number, postcode, vehicle mark, telephone.

use regex::Regex;
use std::sync::OnceLock;

/// Placeholders and shapes, the surest first: where two overlap, the earlier one counts.
pub(super) fn shapes() -> &'static [(&'static str, Regex)] {
    static SHAPES: OnceLock<Vec<(&'static str, Regex)>> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let shapes = [
            ("[email]", r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"),
            // Two letters, six digits, A to D, as HMRC prints it.
            ("[nino]", r"(?i)\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
            (
                "[postcode]",
                r"(?i)\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPS-UW]? ?\d[ABD-HJLNP-UW-Z]{2})\b",
            ),
            // Current style; then the prefix and suffix styles, in capitals only, as they are close to words.
            ("[vehicle]", r"(?i)\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"),
            ("[vehicle]", r"\b(?:[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])\b"),
            (
                "[phone]",
                r"\(0\d{2,4}\)(?:[ .-]?\d){5,8}\b|(?:\+\d{1,3}[ .-]?(?:\(0\))?|\b0)\d(?:[ .-]?\d){7,11}\b",
            ),
        ];
        let compile = |(name, shape)| (name, Regex::new(shape).expect("the shapes are tested"));
        shapes.into_iter().map(compile).collect()
    })
}

/// The program's own drawn codes, `E-7K2M0X` of a row or `K-2CV8AB` of a pack: letters that may look like a vehicle's.
pub(super) fn drawn() -> &'static Regex {
    static DRAWN: OnceLock<Regex> = OnceLock::new();
    DRAWN.get_or_init(|| Regex::new(r"\b[CEKR]-[0-9A-HJKMNP-TV-Z]{6}\b").expect("the shape is tested"))
}

/// Whether a text is nothing but one postcode.
pub(crate) fn is_postcode(text: &str) -> bool {
    shapes()[2].1.find(text).is_some_and(|m| m.start() == 0 && m.end() == text.len())
}
