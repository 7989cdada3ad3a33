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

-- The run that first made a lead, and the last one that found something new for it.
ALTER TABLE leads ADD COLUMN first_run INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN news_run INTEGER NOT NULL DEFAULT 0;
UPDATE leads SET first_run = run, news_run = run;
CREATE INDEX leads_by_news ON leads (news_run);

-- Who stands back from whom: every lead that shares a person with the named one is hidden from the member.
CREATE TABLE recusals (
  lead   INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  member TEXT NOT NULL,
  at     INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (lead, member)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER recusals_no_update BEFORE UPDATE ON recusals
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a recusal is never changed'); END;

-- Rows that a standing decision "data error" keeps out of every later run.
CREATE TABLE set_aside (
  import INTEGER NOT NULL REFERENCES imports (id),
  row    INTEGER NOT NULL,
  lead   INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  PRIMARY KEY (import, row, lead)
) STRICT, WITHOUT ROWID;

-- Decisions drawn for a second, blind look; `at` and what follows are empty until somebody took it.
CREATE TABLE second_reviews (
  decision   INTEGER PRIMARY KEY REFERENCES decisions (id) ON DELETE CASCADE,
  lead       INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  at         INTEGER,
  member     TEXT,
  outcome    TEXT,
  reason     TEXT,
  agreements TEXT
) STRICT;
CREATE INDEX second_reviews_by_lead ON second_reviews (lead);
CREATE TRIGGER second_reviews_once BEFORE UPDATE ON second_reviews
  WHEN OLD.at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a second review is never changed'); END;
CREATE TRIGGER second_reviews_of_another BEFORE UPDATE OF member ON second_reviews
  WHEN NEW.member = (SELECT member FROM decisions WHERE id = OLD.decision)
  BEGIN SELECT RAISE(ABORT, 'a second review is somebody else''s'); END;
CREATE TRIGGER second_reviews_no_delete BEFORE DELETE ON second_reviews
  WHEN OLD.at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a second review is never removed'); END;

-- Changed settings of indicators; the last one of each name is in force.
CREATE TABLE parameter_changes (
  id        INTEGER PRIMARY KEY CHECK (id > 0),
  at        INTEGER NOT NULL,
  member    TEXT NOT NULL,
  indicator TEXT NOT NULL,
  name      TEXT NOT NULL,
  before    INTEGER NOT NULL,
  after     INTEGER NOT NULL
) STRICT;
CREATE TRIGGER parameter_changes_no_update BEFORE UPDATE ON parameter_changes
  BEGIN SELECT RAISE(ABORT, 'a change of a setting is never changed'); END;
CREATE TRIGGER parameter_changes_no_delete BEFORE DELETE ON parameter_changes
  BEGIN SELECT RAISE(ABORT, 'a change of a setting is never removed'); END;

-- What the last run measured, packed, so that a threshold can be tried without reading a row again.
CREATE TABLE measures (
  indicator TEXT PRIMARY KEY,
  run       INTEGER NOT NULL REFERENCES runs (id),
  bytes     BLOB NOT NULL
) STRICT;
