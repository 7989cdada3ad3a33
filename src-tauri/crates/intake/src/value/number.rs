//! Decimal numbers as thousandths, without a detour through binary fractions.

/// `1,234.50`, `$ 95`, `(12.5)`; with `comma` the roles of comma and full stop are exchanged.
pub(crate) fn parse(text: &str, comma: bool) -> Option<i64> {
    let text = text.trim();
    let (text, bracketed) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let (point, thousands) = if comma { (',', '.') } else { ('.', ',') };
    let (mut value, mut negative, mut places, mut digits, mut round) = (0i64, bracketed, None, 0, false);
    for c in text.chars() {
        match c {
            '0'..='9' => {
                digits += 1;
                let digit = i64::from(c as u8 - b'0');
                match &mut places {
                    Some(n) if *n >= 3 => {
                        // Half away from zero, decided by the fourth decimal.
                        round |= *n == 3 && digit >= 5;
                        *n += 1;
                        continue;
                    }
                    Some(n) => *n += 1,
                    None => {}
                }
                value = value.checked_mul(10)?.checked_add(digit)?;
            }
            c if c == point && places.is_none() => places = Some(0),
            c if c == thousands && places.is_none() && digits > 0 => {}
            '-' | '\u{2212}' if digits == 0 && !negative => negative = true,
            '+' | '$' | '£' | '€' if digits == 0 => {}
            ' ' | '\u{a0}' => {}
            _ => return None,
        }
    }
    if digits == 0 {
        return None;
    }
    for _ in places.unwrap_or(0)..3 {
        value = value.checked_mul(10)?;
    }
    let value = value.checked_add(i64::from(round))?;
    Some(if negative { -value } else { value })
}
