use super::*;
use crate::{leads, meta, notes};
use std::path::Path;

const CANARY: &str = "Zebedee Quillfeather-Ozymandias";

/// Files under a folder that hold the canary, raw or as UTF-16.
fn found_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let wide: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(found_in(&path));
            continue;
        }
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
        if holds(CANARY.as_bytes()) || holds(&wide) {
            found.push(path);
        }
    }
    found
}

fn fill(store: &mut Store) {
    store
        .write(|tx| {
            meta::put(tx, meta::NAME, CANARY.as_bytes())?;
            let text = LeadText { search: CANARY.into(), body_json: format!("\"{CANARY}\""), ..lead(0, 1) };
            let id = leads::insert(tx, &text, 1)?;
            for n in 0..2_000 {
                notes::insert(tx, id, n, "m", &format!("{CANARY} {} {n}", "x".repeat(400)))?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn not_a_byte_of_what_is_stored_can_be_read_in_any_file() {
    let dir = folder();
    let mut store = furnished(&dir);
    fill(&mut store);
    assert!(dir.path().join("store/store.db-wal").exists());
    std::fs::write(dir.path().join("control"), CANARY).unwrap();
    assert_eq!(found_in(dir.path()), [dir.path().join("control")], "while open; the control is found");
    store.close().unwrap();
    assert_eq!(found_in(dir.path()), [dir.path().join("control")], "after closing");
    let header = std::fs::read(dir.path().join("store/store.db")).unwrap();
    assert_ne!(&header[..15], b"SQLite format 3");
}

#[test]
fn a_sort_larger_than_the_cache_opens_no_temporary_file() {
    let dir = folder();
    let mut store = furnished(&dir);
    fill(&mut store);
    // Read as one of many: the cache is small, so a sorter that could spill would.
    store.sql().pragma_update(None, "cache_size", 10).unwrap();
    let mut statement = store
        .sql()
        .prepare("SELECT a.text || b.text FROM notes a, notes b WHERE b.id < 12 ORDER BY 1 DESC")
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    assert!(rows.next().unwrap().is_some());
    let open: Vec<_> = std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|fd| std::fs::read_link(fd.unwrap().path()).ok())
        .filter(|path| path.to_string_lossy().contains("etilqs"))
        .collect();
    assert_eq!(open, Vec::<std::path::PathBuf>::new());
}

#[test]
fn attaching_another_database_and_loading_code_are_refused() {
    let dir = folder();
    let store = furnished(&dir);
    let attach = format!("ATTACH '{}' AS out KEY ''", dir.path().join("out.db").display());
    assert!(store.sql().execute_batch(&attach).is_err());
    assert!(!dir.path().join("out.db").exists());
    assert!(store.sql().query_row("SELECT load_extension('x')", [], |_| Ok(())).is_err());
}

#[test]
fn messages_hold_no_stored_value_and_no_key() {
    let dir = folder();
    let mut store = furnished(&dir);
    fill(&mut store);
    let mut twin = import(2);
    (twin.sha256, twin.file) = (import(1).sha256, CANARY.into());
    let e = store.write(|tx| imports::insert(tx, &twin)).unwrap_err();
    assert!(!format!("{e} {e:?}").contains("Zebedee"));
    assert_eq!(format!("{:?}", key()), "RawKey(..)");
    assert!(!format!("{store:?}").contains("0707"));
}
