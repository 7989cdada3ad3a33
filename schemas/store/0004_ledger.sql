-- The ledger and what hangs on its entries. Nothing here gives way to an erasure except the text of a justification.

-- `bytes` is the canonical JSON leaf of schemas/ledger/v1.md, `hash` its RFC 6962 leaf hash; seq counts from 0.
CREATE TABLE ledger_leaves (
  seq   INTEGER PRIMARY KEY,
  hash  BLOB NOT NULL CHECK (length(hash) = 32),
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 4096)
) STRICT;
CREATE TRIGGER ledger_leaves_contiguous BEFORE INSERT ON ledger_leaves
  WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaves)
  BEGIN SELECT RAISE(ABORT, 'ledger entries follow one another without a gap'); END;
CREATE TRIGGER ledger_leaves_no_update BEFORE UPDATE ON ledger_leaves
  BEGIN SELECT RAISE(ABORT, 'a ledger entry is never changed'); END;
CREATE TRIGGER ledger_leaves_no_delete BEFORE DELETE ON ledger_leaves
  BEGIN SELECT RAISE(ABORT, 'a ledger entry is never removed'); END;

-- Stored tree hashes in the order of the transparency log's stored-hash index.
CREATE TABLE ledger_hashes (
  idx  INTEGER PRIMARY KEY,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER ledger_hashes_contiguous BEFORE INSERT ON ledger_hashes
  WHEN NEW.idx <> (SELECT coalesce(max(idx) + 1, 0) FROM ledger_hashes)
  BEGIN SELECT RAISE(ABORT, 'tree hashes follow one another without a gap'); END;
CREATE TRIGGER ledger_hashes_no_update BEFORE UPDATE ON ledger_hashes
  BEGIN SELECT RAISE(ABORT, 'a tree hash is never changed'); END;
CREATE TRIGGER ledger_hashes_no_delete BEFORE DELETE ON ledger_hashes
  BEGIN SELECT RAISE(ABORT, 'a tree hash is never removed'); END;

-- Signed notes; a countersigned note of a size comes after the plain one of the same size.
CREATE TABLE checkpoints (
  id   INTEGER PRIMARY KEY CHECK (id > 0),
  size INTEGER NOT NULL CHECK (size >= 0),
  note TEXT NOT NULL
) STRICT;
CREATE INDEX checkpoints_by_size ON checkpoints (size, id);
CREATE TRIGGER checkpoints_cover_entries BEFORE INSERT ON checkpoints
  WHEN NEW.size > (SELECT coalesce(max(seq) + 1, 0) FROM ledger_leaves)
  BEGIN SELECT RAISE(ABORT, 'a checkpoint covers entries that exist'); END;
CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints
  BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints
  BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END;

-- seq: the entry that carries the salted hash of `text`. state: recorded, requested, granted, refused, revealed, expired.
CREATE TABLE unmaskings (
  seq     INTEGER PRIMARY KEY REFERENCES ledger_leaves (seq),
  lead    INTEGER REFERENCES leads (id),
  officer INTEGER NOT NULL REFERENCES officers (idx),
  at      INTEGER NOT NULL,
  member  TEXT NOT NULL,
  scope   TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  salt    BLOB NOT NULL,
  text    TEXT NOT NULL,
  state   TEXT NOT NULL CHECK (state IN ('recorded', 'requested', 'granted', 'refused', 'revealed', 'expired')),
  until   INTEGER
) STRICT;
CREATE INDEX unmaskings_by_lead ON unmaskings (lead, seq);
CREATE INDEX unmaskings_by_state ON unmaskings (state, until);
CREATE TRIGGER unmaskings_keep_their_reason
  BEFORE UPDATE OF seq, lead, officer, at, member, scope, minutes, salt, text ON unmaskings
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'an unmasking keeps its reason'); END;
CREATE TRIGGER unmaskings_end_once BEFORE UPDATE OF state ON unmaskings
  WHEN OLD.state IN ('refused', 'expired') AND NEW.state <> OLD.state
  BEGIN SELECT RAISE(ABORT, 'an unmasking that ended does not come back'); END;
CREATE TRIGGER unmaskings_until_once BEFORE UPDATE OF until ON unmaskings
  WHEN OLD.until IS NOT NULL AND NEW.until IS NOT OLD.until
  BEGIN SELECT RAISE(ABORT, 'the end of an unmasking is set once'); END;
CREATE TRIGGER unmaskings_no_delete BEFORE DELETE ON unmaskings
  BEGIN SELECT RAISE(ABORT, 'an unmasking is never removed'); END;
