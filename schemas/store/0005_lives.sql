-- A lead is about one officer, a small group of them, or a unit.

-- `subject`: an officer's code, codes joined by `+`, or a unit's code. Who can be unmasked stands in `lead_members`.
ALTER TABLE leads ADD COLUMN subject TEXT NOT NULL DEFAULT '';
UPDATE leads SET subject = coalesce((SELECT body ->> '$.officer' FROM lead_bodies WHERE lead = leads.id), '');

CREATE TABLE lead_members (
  lead    INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  officer INTEGER NOT NULL REFERENCES officers (idx),
  PRIMARY KEY (lead, officer)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_members_by_officer ON lead_members (officer, lead);
INSERT INTO lead_members (lead, officer) SELECT id, officer FROM leads;

DROP INDEX leads_by_officer;
ALTER TABLE leads DROP COLUMN officer;
CREATE INDEX leads_by_subject ON leads (subject, route);
