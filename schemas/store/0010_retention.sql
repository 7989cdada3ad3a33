-- How long things stay: holds against expiry, and deletions that need a second person.

CREATE TABLE holds (
  id          INTEGER PRIMARY KEY CHECK (id > 0),
  lead        INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  at          INTEGER NOT NULL,
  member      TEXT NOT NULL,
  reason      TEXT NOT NULL,
  released_at INTEGER,
  released_by TEXT
) STRICT;
CREATE UNIQUE INDEX holds_one_at_a_time ON holds (lead) WHERE released_at IS NULL;
CREATE TRIGGER holds_keep_their_reason BEFORE UPDATE OF id, lead, at, member, reason ON holds
  BEGIN SELECT RAISE(ABORT, 'a hold keeps its reason'); END;
CREATE TRIGGER holds_end_once BEFORE UPDATE OF released_at, released_by ON holds WHEN OLD.released_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a hold ends once'); END;
CREATE TRIGGER holds_no_delete BEFORE DELETE ON holds
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a hold is never removed'); END;

CREATE TABLE deletions (
  lead         INTEGER PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE,
  proposed_at  INTEGER NOT NULL,
  proposed_by  TEXT NOT NULL,
  reason       TEXT NOT NULL,
  confirmed_at INTEGER,
  confirmed_by TEXT CHECK (confirmed_by <> proposed_by)
) STRICT;
CREATE TRIGGER deletions_keep_their_reason BEFORE UPDATE OF lead, proposed_at, proposed_by, reason ON deletions
  BEGIN SELECT RAISE(ABORT, 'a deletion keeps its reason'); END;
CREATE TRIGGER deletions_confirmed_once BEFORE UPDATE OF confirmed_at, confirmed_by ON deletions
  WHEN OLD.confirmed_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a deletion is confirmed once'); END;
