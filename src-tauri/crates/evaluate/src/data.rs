//! Files of the shared data folder.

use std::io::Read;
use std::path::PathBuf;

/// The folder of public data, which is not part of the repository.
#[derive(Debug, Clone)]
pub struct Place(pub PathBuf);

impl Place {
    /// A file's path, if it is there.
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        let path = self.0.join(name);
        path.is_file().then_some(path)
    }
}

/// The named columns of a compressed delimited file; a column that is not there is empty.
pub fn rows(place: &Place, name: &str, columns: &[&str]) -> Option<Vec<Vec<String>>> {
    let file = std::fs::File::open(place.file(name)?).ok()?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).ok()?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
    let header = reader.byte_headers().ok()?.clone();
    let at: Vec<Option<usize>> =
        columns.iter().map(|c| header.iter().position(|h| h == c.as_bytes())).collect();
    let pick = |record: csv::ByteRecord| {
        let cell = |at: &Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        at.iter().map(|at| String::from_utf8_lossy(cell(at)).into_owned()).collect()
    };
    Some(reader.byte_records().filter_map(Result::ok).map(pick).collect())
}
