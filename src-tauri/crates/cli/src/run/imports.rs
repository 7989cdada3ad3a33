//! Taking files in, and mappings to check and share.

use super::{Cli, Done, text};
use crate::arguments::Import;
use crate::input::parsed;
use crate::out;
use contract::*;
use std::path::{Path, PathBuf};

impl Cli {
    /// Takes file after file in; each report is printed when its file is in, and the first failure ends it.
    pub(super) fn import(&self, i: Import) -> Done {
        let gate: model::Gate = parsed(&i.gate, "gate")?;
        self.open(&i.store)?;
        let mut all = Imported { imported: Vec::new(), failed: None };
        for file in &i.files {
            match self.import_one(&i, file, &gate) {
                Ok(report) => {
                    if !self.common.json {
                        out::import_report(&report);
                    }
                    all.imported.push(report);
                }
                Err(failure) => {
                    let failure = placed(&i.files, all.imported.len(), failure);
                    all.failed = Some(FailedImport { file: text(file), failure });
                    break;
                }
            }
        }
        out::document(self.common.json, &all, |_| {});
        all.failed.map_or(Ok(()), |failed| Err(failed.failure))
    }

    fn import_one(&self, i: &Import, file: &Path, gate: &model::Gate) -> Result<ImportReportView, Failure> {
        let inspect =
            InspectFile { path: text(file), kind: i.kind.clone(), mapping: i.mapping.as_deref().map(text) };
        let proposal = self.app.inspect_file(inspect)?;
        for problem in &proposal.problems {
            out::remark(&format!("{}: {problem}", proposal.kind));
        }
        let start =
            StartImport { path: proposal.path, mapping_toml: proposal.mapping_toml, gate: gate.clone() };
        let import = self.app.import_now(&start)?;
        Ok(self.app.import_report(ImportRef { import })?)
    }

    pub(super) fn mapping(
        &self,
        store: &Path,
        file: &Path,
        kind: Option<String>,
        zone: Option<String>,
        out: &Path,
    ) -> Done {
        self.open(store)?;
        let mut proposal = self.app.inspect_file(InspectFile { path: text(file), kind, mapping: None })?;
        if let Some(zone) = zone {
            let request = RezoneMapping { path: proposal.path, mapping_toml: proposal.mapping_toml, zone };
            proposal = self.app.rezone_mapping(request)?;
        }
        self.app
            .save_mapping(SaveMapping { mapping_toml: proposal.mapping_toml.clone(), path: text(out) })?;
        out::document(self.common.json, &proposal, out::proposal);
        Ok(())
    }
}

/// Where several files were given, says which one failed, what is kept and what was not looked at.
fn placed(files: &[PathBuf], at: usize, failure: Failure) -> Failure {
    if files.len() < 2 {
        return failure;
    }
    let name = |file: &PathBuf| file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    let names = |files: &[PathBuf]| files.iter().map(name).collect::<Vec<_>>().join(", ");
    let mut hint = format!("That is about {} alone.", name(&files[at]));
    if at > 0 {
        hint += &format!(" Imported before it and kept: {}.", names(&files[..at]));
    }
    if at + 1 < files.len() {
        hint += &format!(" Not looked at: {}.", names(&files[at + 1..]));
    }
    let message = format!("{}: {}", name(&files[at]), failure.message);
    Failure { message, hint: format!("{} {hint}", failure.hint).trim().to_owned(), ..failure }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused() -> Failure {
        Failure::new(ErrorCode::UnknownFile, "The file is a PDF.", "Nothing was imported.")
    }

    #[test]
    fn of_several_files_the_one_that_failed_is_named_and_what_came_before_is_said_to_be_kept() {
        let files = ["/x/a.csv", "/x/b.pdf", "/x/c.csv"].map(PathBuf::from);
        let said = placed(&files, 1, refused());
        assert_eq!(said.message, "b.pdf: The file is a PDF.");
        assert_eq!(
            said.hint,
            "Nothing was imported. That is about b.pdf alone. Imported before it and kept: a.csv. Not looked at: c.csv."
        );
        let first = placed(&files[..2], 0, refused()).hint;
        assert!(!first.contains("kept") && first.ends_with("Not looked at: b.pdf."), "{first}");
    }

    #[test]
    fn a_file_that_was_given_alone_needs_no_name() {
        assert_eq!(placed(&["/x/b.pdf".into()], 0, refused()), refused());
    }
}
