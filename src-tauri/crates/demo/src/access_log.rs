//! A big access log for the benchmark, written by hand into a buffer because speed is its point.

use crate::MakeError;
use crate::rng::{Rng, mix};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

const OFFICERS: u64 = 46_000;
const RECORDS: u64 = 3_000_000;
const CASES: u64 = 60_000;
const REASONS: u64 = 60;
const DAYS: u64 = 365;
/// Records an officer comes back to.
const OWN_RECORDS: u64 = 60;
/// 2026-01-01 as a day number.
const FIRST_DAY: i32 = 20_454;
/// The hour that the spring clock change skips: 2026-03-29 01:00.
const SKIPPED: (u64, u64) = (87, 1);
/// Share of a day's look-ups in each hour, in thousandths; the log begins and is busiest in office hours.
const HOURS: [u64; 24] =
    [22, 18, 15, 13, 12, 14, 24, 46, 60, 66, 68, 66, 60, 62, 66, 64, 60, 54, 48, 44, 40, 36, 30, 12];
const SYSTEMS: [&[u8]; 4] = [b"PNC", b"CMS", b"CAD", b"PND"];
const HEADER: &[u8] = b"at,officer,system,action,record,record_kind,case,reason\n";
const BLOCK: usize = 1 << 20;

/// Writes an access log of so many rows and about 55 bytes a row; returns its size in bytes.
///
/// Nearly in time order (each row up to a minute off), 46,000 officers of whom some look up far more than others,
/// 3 million records, most rows with a case, 60 reasons.
pub fn access_log(path: &Path, rows: u64, seed: u64) -> Result<u64, MakeError> {
    let mut file = BufWriter::with_capacity(BLOCK, File::create(path)?);
    let mut rng = Rng::new(seed);
    let mut block = Vec::with_capacity(BLOCK + 4_096);
    block.extend_from_slice(HEADER);
    let (mut bytes, mut written, mut weight) = (0u64, 0u64, 0u64);
    let hours = || (0..DAYS).flat_map(|day| (0..24).map(move |hour| (day, hour))).skip(8);
    let live = || hours().filter(|slot| *slot != SKIPPED);
    let total: u64 = live().map(|(_, hour)| HOURS[hour as usize]).sum();
    for (day, hour) in live() {
        weight += HOURS[hour as usize];
        let count = rows * weight / total - written;
        written += count;
        let date = model::time::iso_day(FIRST_DAY + day as i32);
        for place in 0..count {
            let second = (place * 3_600 / count + rng.below(60)).min(3_599);
            block.extend_from_slice(date.as_bytes());
            push_clock(&mut block, hour, second);
            push_rest(&mut block, &mut rng);
            if block.len() >= BLOCK {
                file.write_all(&block)?;
                bytes += block.len() as u64;
                block.clear();
            }
        }
    }
    file.write_all(&block)?;
    file.flush()?;
    Ok(bytes + block.len() as u64)
}

fn push_clock(out: &mut Vec<u8>, hour: u64, second: u64) {
    let two = |n: u64| [b'0' + (n / 10) as u8, b'0' + (n % 10) as u8];
    let ([h1, h2], [m1, m2], [s1, s2]) = (two(hour), two(second / 60), two(second % 60));
    out.extend_from_slice(&[b' ', h1, h2, b':', m1, m2, b':', s1, s2, b',']);
}

fn push_number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Officer to reason: two draws carry all the small choices of a row.
fn push_rest(out: &mut Vec<u8>, rng: &mut Rng) {
    let bits = rng.next();
    let skew = rng.unit();
    let officer = (OFFICERS as f64 * skew * skew.sqrt()) as u64;
    let record = if bits & 1 == 0 {
        mix(officer * OWN_RECORDS + (bits >> 32) % OWN_RECORDS) % RECORDS
    } else {
        let skew = rng.unit();
        (RECORDS as f64 * skew * skew) as u64
    };
    push_number(out, 1 + officer);
    out.push(b',');
    out.extend_from_slice(SYSTEMS[(bits >> 1) as usize & 3]);
    let action: &[u8] = match (bits >> 3) & 63 {
        0..44 => b",view,",
        44..58 => b",search,",
        58..61 => b",print,",
        61 => b",export,",
        _ => b",amend,",
    };
    out.extend_from_slice(action);
    push_number(out, record);
    // A record keeps its kind and its case.
    let nature = mix(record);
    let kind: &[u8] = match nature & 15 {
        0..10 => b",person,",
        10..14 => b",crime,",
        14 => b",vehicle,",
        _ => b",address,",
    };
    out.extend_from_slice(kind);
    if (bits >> 9) & 15 < 9 {
        push_number(out, (nature >> 8) % CASES);
    }
    out.push(b',');
    if (bits >> 13) & 1 != 0 {
        out.push(b'R');
        push_number(out, (bits >> 16) % REASONS);
    }
    out.push(b'\n');
}
