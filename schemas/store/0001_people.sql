-- Who is in the store, by code only. Names and ids exist in `identities.sealed` (age files) and nowhere else.
-- Moments are UTC seconds, days are days since 1970-01-01, -2147483648 stands for "no day".

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- A receipt says how many of what were erased and under which rule, never what it was.
CREATE TABLE erasures (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  member TEXT NOT NULL,
  rule   TEXT NOT NULL,
  counts TEXT NOT NULL
) STRICT;

-- Append-only tables give way only while a row stands here. `never` refers to a receipt that cannot exist, so no
-- transaction commits with the window open, and the window closes only after its receipt was written.
CREATE TABLE erasure_window (
  receipt INTEGER PRIMARY KEY,
  never   INTEGER NOT NULL DEFAULT -1 CHECK (never = -1) REFERENCES erasures (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TRIGGER erasure_window_needs_receipt BEFORE DELETE ON erasure_window
  WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE id = OLD.receipt)
  BEGIN SELECT RAISE(ABORT, 'an erasure needs its receipt in the same transaction'); END;
CREATE TRIGGER erasure_window_is_new BEFORE INSERT ON erasure_window
  WHEN EXISTS (SELECT 1 FROM erasures WHERE id = NEW.receipt)
  BEGIN SELECT RAISE(ABORT, 'an erasure needs a receipt of its own'); END;
CREATE TRIGGER erasure_window_no_update BEFORE UPDATE ON erasure_window
  BEGIN SELECT RAISE(ABORT, 'an erasure keeps the receipt it began with'); END;
CREATE TRIGGER erasures_positive BEFORE INSERT ON erasures WHEN NEW.id < 1
  BEGIN SELECT RAISE(ABORT, 'receipts are counted from 1'); END;
CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures
  BEGIN SELECT RAISE(ABORT, 'an erasure receipt is never changed'); END;
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures
  BEGIN SELECT RAISE(ABORT, 'an erasure receipt is never removed'); END;

-- `idx` is dense: it addresses arrays in memory and decides the partition (idx % 64).
CREATE TABLE officers (
  idx          INTEGER PRIMARY KEY,
  pseudonym    INTEGER NOT NULL UNIQUE CHECK (pseudonym BETWEEN 0 AND 1099511627775),
  provisional  INTEGER NOT NULL CHECK (provisional IN (0, 1)),
  first_import INTEGER NOT NULL REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TRIGGER officers_dense BEFORE INSERT ON officers
  WHEN NEW.idx <> (SELECT coalesce(max(idx) + 1, 0) FROM officers)
  BEGIN SELECT RAISE(ABORT, 'officers are numbered without gaps'); END;
CREATE TRIGGER officers_keep_code BEFORE UPDATE OF idx, pseudonym, first_import ON officers
  BEGIN SELECT RAISE(ABORT, 'an officer keeps number and code'); END;
CREATE TRIGGER officers_no_delete BEFORE DELETE ON officers
  BEGIN SELECT RAISE(ABORT, 'an officer number is never given up'); END;

-- Keyed hash of each id an officer had, and when: ids are re-issued to other people.
CREATE TABLE officer_ids (
  id_hash   BLOB NOT NULL CHECK (length(id_hash) = 16),
  officer   INTEGER NOT NULL REFERENCES officers (idx),
  from_day  INTEGER NOT NULL,
  until_day INTEGER NOT NULL,
  PRIMARY KEY (id_hash, officer, from_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX officer_ids_by_officer ON officer_ids (officer);

-- One sealed file per officer and import; the newest counts. `leaf` orders the import's identities tree, whose root is
-- in the import's ledger entry, so an old file stays provable after a newer one came.
CREATE TABLE identities (
  officer INTEGER NOT NULL REFERENCES officers (idx),
  import  INTEGER NOT NULL REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,
  leaf    INTEGER NOT NULL CHECK (leaf >= 0),
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  sealed  BLOB NOT NULL,
  PRIMARY KEY (officer, import),
  UNIQUE (import, leaf)
) STRICT;
CREATE TRIGGER identities_no_update BEFORE UPDATE ON identities
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window) OR NEW.hash <> OLD.hash OR NEW.leaf <> OLD.leaf
    OR NEW.officer <> OLD.officer OR NEW.import <> OLD.import
  BEGIN SELECT RAISE(ABORT, 'a sealed identity is never changed'); END;
CREATE TRIGGER identities_no_delete BEFORE DELETE ON identities
  BEGIN SELECT RAISE(ABORT, 'a sealed identity is emptied by an erasure, its hash stays'); END;
