-- What was given to representatives, and what they answered.

CREATE TABLE lead_packs (
  seq      INTEGER PRIMARY KEY REFERENCES ledger_leaves (seq),
  lead     INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  hash     TEXT NOT NULL UNIQUE,
  root     TEXT NOT NULL,
  code     TEXT NOT NULL UNIQUE,
  reader   TEXT NOT NULL,
  reply_by INTEGER NOT NULL,
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX lead_packs_by_lead ON lead_packs (lead, seq);
CREATE TRIGGER lead_packs_no_update BEFORE UPDATE ON lead_packs
  BEGIN SELECT RAISE(ABORT, 'a pack that was given stays as it was'); END;
CREATE TRIGGER lead_packs_no_delete BEFORE DELETE ON lead_packs
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a pack that was given stays known'); END;

-- `body` is the answer as it may be kept: texts that may hold a name are left out. `recomputed` says, per disputed
-- finding, what the indicator gives on the rows the store holds now.
CREATE TABLE replies (
  hash       TEXT PRIMARY KEY,
  pack       TEXT NOT NULL REFERENCES lead_packs (hash) ON DELETE CASCADE,
  seq        INTEGER NOT NULL REFERENCES ledger_leaves (seq),
  at         INTEGER NOT NULL,
  sender     TEXT NOT NULL,
  body       TEXT NOT NULL,
  recomputed TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER replies_no_update BEFORE UPDATE ON replies
  BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER replies_no_delete BEFORE DELETE ON replies
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'an answer is never removed'); END;
