//! Measure 8: the scorer of `profile-unusual` on public sets with known anomalies, beside the values of PyOD.

use crate::chicago::auc;
use crate::data::Place;
use crate::measure::{Measure, mean};
use crate::pyod;
use detect::outlier::{ecod, hbos, unusual};
use detect::stats::random::Random;
use std::io::Read;

/// Rows above this are sampled with a fixed seed.
const MOST_ROWS: usize = 10_000;
const SEED: u64 = 1;

/// One set: rows, and which of them are anomalies.
struct Set {
    rows: Vec<Vec<f64>>,
    is: Vec<bool>,
}

/// Areas and precisions of one set.
struct Scored {
    name: String,
    auroc: f64,
    precision: f64,
    ecod: f64,
    hbos: f64,
}

/// One array of an `npz` file: its shape and its numbers (NumPy format 1.0, little-endian).
fn array(archive: &mut zip::ZipArchive<std::fs::File>, name: &str) -> Option<(Vec<usize>, Vec<f64>)> {
    let mut bytes = Vec::new();
    archive.by_name(name).ok()?.read_to_end(&mut bytes).ok()?;
    let length = usize::from(u16::from_le_bytes([*bytes.get(8)?, *bytes.get(9)?]));
    let header = String::from_utf8_lossy(bytes.get(10..10 + length)?).into_owned();
    let after = |key: &str| header.split(key).nth(1).map(str::to_owned);
    let kind = after("'descr': '")?.split('\'').next()?.to_owned();
    let shape = after("'shape': (")?;
    let shape = shape.split(')').next()?.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    let columns_first = header.contains("'fortran_order': True");
    let body = &bytes[10 + length..];
    let numbers: Vec<f64> = match kind.as_str() {
        "<f8" => body.as_chunks().0.iter().map(|b| f64::from_le_bytes(*b)).collect(),
        "<i8" => body.as_chunks().0.iter().map(|b| i64::from_le_bytes(*b) as f64).collect(),
        "<i4" => body.as_chunks().0.iter().map(|b| f64::from(i32::from_le_bytes(*b))).collect(),
        "|u1" => body.iter().map(|b| f64::from(*b)).collect(),
        _ => return None,
    };
    let shape: Vec<usize> = shape;
    let ordered = match (columns_first, shape.as_slice()) {
        (true, [rows, columns]) => {
            (0..rows * columns).map(|at| numbers[at % columns * rows + at / columns]).collect()
        }
        _ => numbers,
    };
    Some((shape, ordered))
}

fn read(path: &std::path::Path) -> Option<Set> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).ok()?).ok()?;
    let (shape, numbers) = array(&mut archive, "X.npy")?;
    let (_, is) = array(&mut archive, "y.npy")?;
    let (rows, columns) = (*shape.first()?, *shape.get(1)?);
    let mut keep: Vec<usize> = (0..rows).collect();
    if rows > MOST_ROWS {
        Random::new(SEED).choose(&mut keep, MOST_ROWS);
        keep.truncate(MOST_ROWS);
        keep.sort_unstable();
    }
    let row = |at: &usize| numbers[at * columns..(at + 1) * columns].to_vec();
    Some(Set { rows: keep.iter().map(row).collect(), is: keep.iter().map(|at| is[*at] > 0.5).collect() })
}

/// Mean precision over the anomalies, ranked by score; ties count together (as scikit-learn does).
pub fn average_precision(scores: &[f64], is: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    let all = is.iter().filter(|x| **x).count() as f64;
    let (mut seen, mut hits, mut sum, mut at) = (0.0, 0.0, 0.0, 0);
    while at < order.len() {
        let ties = order[at..].iter().take_while(|o| scores[**o] == scores[order[at]]).count();
        let with = order[at..at + ties].iter().filter(|o| is[**o]).count() as f64;
        seen += ties as f64;
        hits += with;
        sum += with / all * (hits / seen);
        at += ties;
    }
    sum
}

/// The measures, said aloud where the sets are not there.
pub fn measure(place: &Place) -> Vec<Measure> {
    let sets = scored(place);
    if sets.is_empty() {
        let missing =
            |id| Measure::missing(id, "anomaly sets", "see INDICATORS", "they are not on this machine");
        return ["8a", "8b", "8c"].map(missing).to_vec();
    }
    let n = sets.len();
    let apart = |set: &Scored| {
        let (_, ecod, hbos) = pyod::BY_SET.iter().find(|(name, ..)| *name == set.name)?;
        Some((set.ecod - ecod).abs().max((set.hbos - hbos).abs()))
    };
    let apart: Vec<f64> = sets.iter().filter_map(apart).collect();
    let ((area, best_area), (precise, best_precision)) = (pyod::BEST_AUROC, pyod::BEST_PRECISION);
    let area_name = format!("mean AUROC above PyOD's best single detector ({area} {best_area:.3})");
    let precision_name = format!("mean AP less PyOD's best single detector ({precise} {best_precision:.3})");
    let area = mean(sets.iter().map(|s| s.auroc));
    let precision = mean(sets.iter().map(|s| s.precision));
    let of = |value: f64| format!("{n} sets, {value:.3}");
    vec![
        Measure::at_least("8a", &area_name, area - best_area, 0.0, of(area)),
        Measure::at_least("8b", &precision_name, precision - best_precision, -0.01, of(precision)),
        against_pyod(&apart, n),
    ]
}

/// How far each set that PyOD was run on lies apart from it.
pub fn against_pyod(apart: &[f64], sets: usize) -> Measure {
    let name = "ECOD and HBOS against PyOD, worst set";
    let note = format!("{} of {sets} sets compared", apart.len());
    match apart.iter().copied().reduce(f64::max) {
        Some(worst) => Measure::at_most("8c", name, worst, 0.005, note),
        None => Measure::missing("8c", name, "at most 0.005", &note),
    }
}

/// Every set that is there, by name.
fn scored(place: &Place) -> Vec<Scored> {
    let Ok(folder) = std::fs::read_dir(place.0.join("adbench")) else { return Vec::new() };
    let mut paths: Vec<_> = folder.filter_map(|f| Some(f.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "npz"));
    paths.sort();
    let score = |path: &std::path::PathBuf| {
        let set = read(path)?;
        let ours = unusual(&set.rows, SEED);
        Some(Scored {
            name: path.file_stem()?.to_string_lossy().into_owned(),
            auroc: auc(&ours, &set.is),
            precision: average_precision(&ours, &set.is),
            ecod: auc(&ecod(&set.rows, SEED), &set.is),
            hbos: auc(&hbos(&set.rows, SEED), &set.is),
        })
    };
    paths.iter().filter_map(score).collect()
}
