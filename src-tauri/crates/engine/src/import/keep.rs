//! The end of an import's transaction: officers, ids, sealed identities, name index, mapping, report and ledger entry.

use super::take::{Identities, Plan};
use crate::record::Entry;
use crate::{Error, book, links, name_index, outgoing, protected};
use contract::ErrorCode;
use intake::{NameSet, RawIdentity, Roll};
use ledger::Kind;
use model::{ImportId, ImportReport, OfficerIndex};
use rayon::prelude::*;
use store::Tx;
use store::identities::SealedIdentity;
use store::imports::Import;

/// An import that touches fewer officers needs the custodian: a one-row file would tell whose code is whose.
const FEWEST_OFFICERS: u64 = 10;

/// Sealed identities in officer order, and the names in them for the index.
type SealedRoll = (Vec<(OfficerIndex, Vec<u8>)>, NameSet);

impl Plan<'_> {
    /// The rest of the transaction: officers, ids, identities, name index, mapping, report, ledger entry; the entry
    /// commits the root over the identities and the hash of what was sealed apart.
    pub(super) fn keep(
        &self,
        tx: &Tx<'_>,
        id: ImportId,
        mut report: ImportReport,
        roll: Roll,
        identities: Identities,
        apart: Option<ledger::Hash>,
    ) -> Result<crate::home::Head, Error> {
        if report.rows_accepted == 0 && report.duplicate_rows == 0 {
            return Err(Error::new(
                ErrorCode::NothingAccepted,
                format!("None of the {} rows could be accepted. Nothing was kept.", report.rows_read),
                first_reason(&report),
            ));
        }
        let custodian = self.session.member.role() == seal::Role::Custodian;
        if report.officers < FEWEST_OFFICERS && !custodian {
            return Err(Error::new(
                ErrorCode::NeedsCustodian,
                format!(
                    "This file holds rows of {} officers: with fewer than {FEWEST_OFFICERS}, its codes could be told apart. Nothing was kept.",
                    report.officers
                ),
                "Let the data custodian import it, or import it together with others.",
            ));
        }
        let sealed = self.seal(&roll, identities)?;
        let noticed = links::notice(tx, &roll, &mut report, self.progress)?;
        let changes = roll.into_changes();
        let new: Vec<_> = changes
            .officers
            .iter()
            .map(|o| store::officers::Officer {
                index: o.index,
                pseudonym: o.pseudonym,
                provisional: o.provisional,
                first_import: id,
            })
            .collect();
        store::officers::insert(tx, &new)?;
        store::officers::confirm(tx, &changes.confirmed)?;
        let ids: Vec<_> = changes
            .ids
            .iter()
            .map(|i| store::officers::OfficerId {
                id_hash: i.id.0,
                officer: i.officer,
                from_day: i.from_day,
                until_day: i.until_day,
            })
            .collect();
        store::officers::put_ids(tx, &ids)?;
        store::links::put(tx, id, &noticed)?;
        let root = match sealed {
            Some((identities, names)) => {
                name_index::save(tx, &self.keys, &self.session.facts, id, &names)?;
                Some(keep_identities(tx, id, identities)?)
            }
            None => None,
        };
        let names = name_index::load(tx, &self.keys, self.session.id())?;
        outgoing::refuse_names_in_gate(&self.gate, &names)?;
        // A roll is read before its names are known: its headings are looked through once more.
        for column in &mut report.dropped_columns {
            column.header = names.scrub(&column.header).text;
        }
        self.keep_import(tx, id, &report, &names)?;
        let mut entry = self.entry(id, &report, root);
        if let Some(hash) = apart {
            entry = entry.with(protected::COMMITTED, hash.hex());
        }
        let (seqs, head) = book::append(self.session, tx, vec![entry])?;
        store::meta::put(tx, &entry_key(id), seqs[0].to_string().as_bytes())?;
        Ok(head)
    }

    /// Seals every identity to the vault, on all cores, and gathers their names for the index.
    fn seal(&self, roll: &Roll, identities: Identities) -> Result<Option<SealedRoll>, Error> {
        let mut all = identities.into_inner().unwrap_or_else(|held| held.into_inner());
        if all.is_empty() {
            return Ok(None);
        }
        self.progress.step("Sealing identities");
        all.sort_unstable_by_key(|(officer, _)| *officer);
        let code = |officer| roll.pseudonym(officer).ok_or_else(|| Error::not_found("officer"));
        let (vault, store) = (&self.session.facts.vault, self.session.id());
        let seal = |(officer, who): &(OfficerIndex, RawIdentity)| -> Result<(OfficerIndex, Vec<u8>), Error> {
            self.progress.check()?;
            let mut fields = seal::IdentityFields::default();
            fields.officer_id.clone_from(&who.officer_id);
            fields.forenames.clone_from(&who.forenames);
            fields.surname.clone_from(&who.surname);
            fields.unit.clone_from(&who.unit);
            fields.rank.clone_from(&who.rank);
            fields.contact.clone_from(&who.contact);
            fields.other_ids.clone_from(&who.other_ids);
            Ok((*officer, vault.seal_identity(store, &code(*officer)?.to_string(), &fields)?))
        };
        let sealed = all.par_iter().map(seal).collect::<Result<Vec<_>, Error>>()?;
        let coded =
            all.iter().map(|(officer, who)| Ok((code(*officer)?, who))).collect::<Result<Vec<_>, Error>>()?;
        Ok(Some((sealed, NameSet::build(coded))))
    }

    fn keep_import(
        &self,
        tx: &Tx<'_>,
        id: ImportId,
        report: &ImportReport,
        names: &NameSet,
    ) -> Result<(), Error> {
        let shape = intake::shape_hash(&self.file.main_sheet().headers);
        let mut mapping = self.mapping.clone();
        mapping.name = names.scrub(&mapping.name).text;
        let (name, toml) = (mapping.name.clone(), mapping.to_toml());
        store::mappings::put(
            tx,
            &store::mappings::SavedMapping { shape: shape.to_vec(), name, toml: toml.clone() },
        )?;
        let file_name =
            self.file.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let import = Import {
            id,
            kind: self.mapping.kind,
            file: names.scrub(&file_name).text,
            sha256: self.sha,
            mapping_toml: toml,
            gate_json: serde_json::to_string(&self.gate)?,
            report_json: serde_json::to_string(report)?,
            at: self.session.clock.now(),
            by: self.session.by().to_owned(),
            first_day: report.first_day.unwrap_or(self.period.0),
            last_day: report.last_day.unwrap_or(self.period.1),
            rows: report.rows_accepted,
            zone: self.mapping.zone.clone(),
        };
        Ok(store::imports::insert(tx, &import)?)
    }

    fn entry(&self, id: ImportId, report: &ImportReport, root: Option<ledger::Hash>) -> Entry {
        let cut = |text: &str| text.chars().take(200).collect::<String>();
        let dropped: Vec<String> = report
            .dropped_columns
            .iter()
            .take(20)
            .map(|c| cut(&c.header).chars().take(40).collect())
            .collect();
        let mut entry = Entry::new(Kind::Collection)
            .with("import", id.0)
            .with("source", self.mapping.kind.as_str())
            .with("sha256", ledger::Hash(self.sha).hex())
            .with("rows_read", report.rows_read)
            .with("rows_accepted", report.rows_accepted)
            .with("rows_rejected", report.rows_rejected())
            .with("dropped_columns", report.dropped_columns.len() as u64)
            .with("dropped_names", dropped)
            .with("lawful_basis", cut(&self.gate.lawful_basis))
            .with("necessity", cut(&self.gate.necessity))
            .with("alternative", cut(&self.gate.less_intrusive_alternative))
            .with("dpia", cut(&self.gate.dpia_reference))
            .with(
                "regime",
                match self.gate.regime {
                    model::Regime::UkGdpr => "uk_gdpr",
                    model::Regime::Part3 => "part3",
                },
            )
            .with("from", model::time::iso_day(self.period.0))
            .with("until", model::time::iso_day(self.period.1));
        if !self.gate.special_category_condition.trim().is_empty() {
            entry = entry.with("condition", cut(&self.gate.special_category_condition));
        }
        if let Some(root) = root {
            entry = entry.with("identities_root", root.to_string());
        }
        entry
    }
}

/// Where `meta` keeps the number of an import's ledger entry; a hint, checked against the entry itself.
pub(crate) fn entry_key(id: ImportId) -> String {
    format!("collection:{}", id.0)
}

fn first_reason(report: &ImportReport) -> String {
    match report.rejected.iter().max_by_key(|r| r.count) {
        Some(r) => format!("Most rows: {} in column {}. Check kind, mapping and period.", r.reason, r.column),
        None if report.dropped_off_duty > 0 => {
            "All rows lie outside duties, claimed overtime and claimed office days: import those of the same period first.".into()
        }
        None if report.outside_period > 0 => "All rows lie outside the period of the gate.".into(),
        None => "Check kind, mapping and period.".into(),
    }
}

/// Stores the sealed identities in officer order and returns the root over them.
fn keep_identities(
    tx: &Tx<'_>,
    import: ImportId,
    sealed: Vec<(OfficerIndex, Vec<u8>)>,
) -> Result<ledger::Hash, Error> {
    let rows = sealed.into_iter().enumerate().map(|(leaf, (officer, sealed))| {
        let hash = ledger::leaf_hash(&sealed).0;
        SealedIdentity { officer, import, leaf: leaf as u32, hash, sealed }
    });
    let rows: Vec<SealedIdentity> = rows.collect();
    let leaves: Vec<ledger::Hash> = rows.iter().map(|r| ledger::Hash(r.hash)).collect();
    store::identities::insert(tx, &rows)?;
    Ok(ledger::identities_root(&leaves))
}
