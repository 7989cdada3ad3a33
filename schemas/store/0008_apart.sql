-- What is kept apart: protected characteristics, and who might be whom.

-- One age file per import, opened by the fairness audit alone; its hash is in the import's ledger entry.
CREATE TABLE protected (
  import INTEGER PRIMARY KEY REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,
  hash   BLOB NOT NULL CHECK (length(hash) = 32),
  sealed BLOB NOT NULL
) STRICT;
CREATE TRIGGER protected_no_update BEFORE UPDATE ON protected
  BEGIN SELECT RAISE(ABORT, 'protected characteristics are never changed'); END;
CREATE TRIGGER protected_no_delete BEFORE DELETE ON protected
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'protected characteristics go only with an erasure'); END;

-- An officer known only from rows who may be one on the roll: why it was thought so, never the ids themselves.
CREATE TABLE link_proposals (
  id          INTEGER PRIMARY KEY CHECK (id > 0),
  provisional INTEGER NOT NULL REFERENCES officers (idx),
  officer     INTEGER NOT NULL REFERENCES officers (idx),
  rule        TEXT NOT NULL,
  confidence  INTEGER NOT NULL CHECK (confidence BETWEEN 1 AND 100),
  import      INTEGER NOT NULL REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK (provisional <> officer),
  UNIQUE (provisional, officer)
) STRICT;

-- What a person decided; the newest row of a proposal counts, so an undoing supersedes and nothing is lost.
CREATE TABLE link_decisions (
  id       INTEGER PRIMARY KEY CHECK (id > 0),
  proposal INTEGER NOT NULL REFERENCES link_proposals (id),
  linked   INTEGER NOT NULL CHECK (linked IN (0, 1)),
  at       INTEGER NOT NULL,
  member   TEXT NOT NULL,
  reason   TEXT NOT NULL
) STRICT;
CREATE INDEX link_decisions_by_proposal ON link_decisions (proposal, id);
CREATE TRIGGER link_decisions_no_update BEFORE UPDATE ON link_decisions
  BEGIN SELECT RAISE(ABORT, 'a decision on a link is superseded, never changed'); END;
CREATE TRIGGER link_decisions_no_delete BEFORE DELETE ON link_decisions
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a decision on a link is superseded, never removed'); END;
