//! What the program makes of a file, before anything is taken in.

use super::hashed;
use crate::Error;
use crate::session::Session;
use contract::{
    ColumnView, ErrorCode, FieldView, ImportProposal, InspectFile, KindView, RemapColumn, RezoneMapping,
};
use intake::{ColumnRule, Mapping, Proposal, SourceFile};
use model::{SourceKind, SourceSchema};
use std::path::Path;

/// Largest mapping file read, in bytes.
const MAX_MAPPING: u64 = 256 * 1024;

pub(crate) fn read_mapping(path: &Path) -> Result<Mapping, Error> {
    let bytes = store::folder::read_limited(path, MAX_MAPPING)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::new(ErrorCode::Mapping, "The mapping file is not text.", ""))?;
    Ok(Mapping::parse(&text)?)
}

/// The mapping saved for files of this shape.
fn saved(session: &Session, file: &SourceFile) -> Result<Option<Mapping>, Error> {
    let shape = intake::shape_hash(&file.main_sheet().headers);
    match store::mappings::get(&*session.reader(), &shape)? {
        Some(found) => Ok(Some(Mapping::parse(&found.toml)?)),
        None => Ok(None),
    }
}

/// Guesses kind and mapping, or takes them from the request or from last month.
pub(crate) fn inspect(session: &Session, request: &InspectFile) -> Result<ImportProposal, Error> {
    let file = intake::open(Path::new(&request.path))?;
    let kind = match &request.kind {
        Some(kind) => Some(kind.parse::<SourceKind>().map_err(|_| {
            Error::new(ErrorCode::WrongKind, "This is no kind of source.", "See schemas/sources.")
        })?),
        None => None,
    };
    let chosen = request.mapping.as_ref().map(|path| read_mapping(Path::new(path))).transpose()?;
    let known = match (&chosen, kind) {
        (None, None) => saved(session, &file)?,
        (None, Some(kind)) => saved(session, &file)?.filter(|m| m.kind == kind),
        (Some(_), _) => None,
    };
    let recognised = known.as_ref().map(|m| m.name.clone());
    let proposal = match (chosen.or(known), kind) {
        (Some(mapping), _) => intake::with_mapping(&file, mapping),
        (None, Some(kind)) => intake::guess_as(&file, kind),
        (None, None) => intake::guess(&file),
    };
    view(session, &file, proposal, recognised)
}

/// Points one column at a field, or drops it, and proposes again.
pub(crate) fn remap(session: &Session, request: &RemapColumn) -> Result<ImportProposal, Error> {
    let file = intake::open(Path::new(&request.path))?;
    let mut mapping: Mapping = toml::from_str(&request.mapping_toml).map_err(|e| {
        Error::new(ErrorCode::Mapping, format!("The mapping is not readable: {}.", e.message()), "")
    })?;
    for rule in mapping.columns.values_mut() {
        rule.from.retain(|h| *h != request.header);
    }
    mapping.columns.retain(|_, rule| !rule.from.is_empty() || rule.constant.is_some());
    if let Some(target) = &request.target {
        let rule = mapping.columns.entry(target.clone()).or_default();
        // Several headers make one moment, text or list of ids; other fields take the last one chosen.
        let several = SourceSchema::of(mapping.kind).field(target).is_some_and(|f| {
            use model::FieldRole as R;
            matches!(f.role, R::Instant | R::Identity | R::OtherIds | R::Category | R::Text)
        });
        if !several {
            *rule = ColumnRule::default();
        }
        rule.from.push(request.header.clone());
    }
    view(session, &file, intake::with_mapping(&file, mapping), None)
}

/// Gives the mapping another zone and proposes again.
pub(crate) fn rezone(session: &Session, request: &RezoneMapping) -> Result<ImportProposal, Error> {
    let file = intake::open(Path::new(&request.path))?;
    let mut mapping: Mapping = toml::from_str(&request.mapping_toml).map_err(|e| {
        Error::new(ErrorCode::Mapping, format!("The mapping is not readable: {}.", e.message()), "")
    })?;
    if model::time::zone(&request.zone).is_none() {
        return Err(intake::MappingError::Zone(request.zone.clone()).into());
    }
    mapping.zone = request.zone.clone();
    view(session, &file, intake::with_mapping(&file, mapping), None)
}

/// Writes a mapping as a file. The store needs no word for it: the import keeps the mapping it was made with.
pub(crate) fn save_mapping(mapping_toml: &str, path: &str) -> Result<(), Error> {
    let mapping = Mapping::parse(mapping_toml)?;
    Ok(store::folder::write_atomic(Path::new(path), mapping.to_toml().as_bytes())?)
}

fn describe(format: &intake::Format) -> String {
    use intake::{Encoding, Format};
    let (delimiter, encoding) = match format {
        Format::Xlsx => return "Excel workbook".into(),
        Format::Parquet => return "Parquet".into(),
        Format::Csv { delimiter, encoding } => (delimiter, encoding),
    };
    let delimiter = match delimiter {
        ',' => "comma".into(),
        ';' => "semicolon".into(),
        '\t' => "tab".into(),
        '|' => "bar".into(),
        other => other.to_string(),
    };
    let encoding = match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    };
    format!("Text, {delimiter}, {encoding}")
}

fn kinds() -> Vec<KindView> {
    SourceKind::ALL
        .iter()
        .map(|kind| {
            let schema = SourceSchema::of(*kind);
            let field = |f: &model::Field| FieldView {
                name: f.name.clone(),
                description: f.description.clone(),
                required: f.required,
            };
            KindView {
                kind: kind.to_string(),
                title: schema.title.clone(),
                description: schema.description.clone(),
                fields: schema.fields.iter().map(field).collect(),
            }
        })
        .collect()
}

fn view(
    session: &Session,
    file: &SourceFile,
    found: Proposal,
    recognised: Option<String>,
) -> Result<ImportProposal, Error> {
    let schema = SourceSchema::of(found.mapping.kind);
    let filled = |name: &str| found.mapping.columns.contains_key(name);
    // Where a claim has no number its row stands for it.
    let missing = schema.fields.iter().filter(|f| f.required && f.name != "claim" && !filled(&f.name));
    let sha = hashed::sha256(session, &file.path, &|_| true)?;
    let columns = found.columns.into_iter().map(|c| ColumnView {
        header: c.header,
        target: c.target,
        dropped: c.dropped,
        samples: c.samples,
    });
    Ok(ImportProposal {
        path: file.path.display().to_string(),
        file_name: file.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        format: describe(&file.format),
        sheets: file.sheets.iter().map(|s| s.name.clone()).filter(|n| !n.is_empty()).collect(),
        kind: found.mapping.kind.to_string(),
        confidence: u32::from(found.confidence),
        kinds: kinds(),
        columns: columns.collect(),
        mapping_toml: found.mapping.to_toml(),
        recognised,
        missing: missing.map(|f| f.name.clone()).collect(),
        problems: found.problems,
        special_category: schema.special_category,
        already_imported: store::imports::find_file(&*session.reader(), &sha)?.is_some(),
    })
}
