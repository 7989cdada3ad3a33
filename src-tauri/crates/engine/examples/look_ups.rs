//! The benchmark's two queries over a store's access log: `look_ups STORE PASSPHRASE-FILE`; or `look_ups --log FILE ROWS`
//! writes the log itself.
#![allow(clippy::print_stdout, reason = "an example speaks to a terminal")]

use model::{PARTITIONS, SourceKind};
use rayon::prelude::*;
use seal::{KeyFile, KeyKind, Passphrase};
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;
use store::{Facts, Folder, RawKey, Reader, Store};

fn open(path: &Path, passphrase: &str) -> Result<Store, Box<dyn Error>> {
    let profile = std::env::var("COUNTERSIGN_PROFILE")?;
    let started = Instant::now();
    let member =
        seal::profile::unlock(Path::new(&profile), &Passphrase::given(passphrase.trim().to_owned()))?;
    let folder = Folder::new(path);
    let id = Facts::read(&folder)?.id.to_string();
    let sealed = store::folder::read_limited(&folder.keys(), 1 << 16)?;
    let key: [u8; 32] = KeyFile::open_key(&member, KeyKind::Store, &id, &sealed)?.as_slice().try_into()?;
    let store = Store::open(path, &RawKey::new(key))?;
    println!("unlock {:.2}", started.elapsed().as_secs_f64());
    Ok(store)
}

/// Off-hours look-ups without a case, and records looked up three times or more, of one partition's officers.
fn query(reader: &Reader, partition: u32) -> Result<(u64, u64), Box<dyn Error + Send + Sync>> {
    let (mut off, mut repeated) = (0u64, 0u64);
    let mut seen: HashMap<(u32, u64), u32, foldhash::fast::RandomState> = HashMap::default();
    let mut per_officer: HashMap<u32, u64, foldhash::fast::RandomState> = HashMap::default();
    for segment in store::segments::of_partition(reader, SourceKind::Accesses, partition)? {
        let table =
            store::segment::decode_columns(&segment.bytes, SourceKind::Accesses, &["at", "record", "case"])?;
        let (at, record, case) = (table.instants("at"), table.tokens("record"), table.tokens("case"));
        for row in 0..table.len() {
            let hour = at[row].rem_euclid(86_400) / 3_600;
            if !(7..19).contains(&hour) && case[row] == 0 {
                *per_officer.entry(table.officers[row]).or_default() += 1;
            }
            if record[row] != 0 {
                *seen.entry((table.officers[row], record[row])).or_default() += 1;
            }
        }
    }
    off += per_officer.values().sum::<u64>();
    repeated += seen.values().filter(|n| **n >= 3).count() as u64;
    Ok((off, repeated))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, file, rows] = arguments.as_slice()
        && flag == "--log"
    {
        println!("bytes {}", demo::access_log(Path::new(file), rows.parse()?, 1)?);
        return Ok(());
    }
    let [path, passphrase] = arguments.as_slice() else {
        return Err("usage: look_ups STORE PASSPHRASE-FILE".into());
    };
    let store = open(Path::new(path), &std::fs::read_to_string(passphrase)?)?;
    let started = Instant::now();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let readers = (0..threads).map(|_| store.reader()).collect::<Result<Vec<_>, _>>()?;
    let each = readers.into_par_iter().enumerate().map(|(n, reader)| {
        let mut total = (0, 0);
        for partition in (n as u32..PARTITIONS).step_by(threads) {
            let (off, repeated) = query(&reader, partition)?;
            total = (total.0 + off, total.1 + repeated);
        }
        Ok::<_, Box<dyn Error + Send + Sync>>(total)
    });
    let sums = each.collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
    let (off, repeated) = sums.into_iter().fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    println!("queries {:.2}", started.elapsed().as_secs_f64());
    println!("answers {off} {repeated}");
    Ok(())
}
