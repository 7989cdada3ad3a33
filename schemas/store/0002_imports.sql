-- Files taken in, and their rows as Parquet segments.

CREATE TABLE imports (
  id        INTEGER PRIMARY KEY CHECK (id > 0),
  kind      TEXT NOT NULL,
  file      TEXT NOT NULL,
  sha256    BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  mapping   TEXT NOT NULL,
  gate      TEXT NOT NULL,
  report    TEXT NOT NULL,
  at        INTEGER NOT NULL,
  member    TEXT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day  INTEGER NOT NULL,
  rows      INTEGER NOT NULL,
  zone      TEXT NOT NULL
) STRICT;
CREATE INDEX imports_by_kind ON imports (kind, id);

-- Column mappings by the shape (hash of the headers) of the files they fit.
CREATE TABLE mappings (
  shape BLOB PRIMARY KEY,
  name  TEXT NOT NULL,
  toml  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows of one import and partition, sorted by officer and time. `bytes` stays last: listing never reads past it.
CREATE TABLE segments (
  id         INTEGER PRIMARY KEY,
  import     INTEGER NOT NULL REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,
  kind       TEXT NOT NULL,
  partition  INTEGER NOT NULL CHECK (partition BETWEEN 0 AND 63),
  seq        INTEGER NOT NULL CHECK (seq >= 0),
  rows       INTEGER NOT NULL CHECK (rows > 0),
  first_time INTEGER NOT NULL,
  last_time  INTEGER NOT NULL,
  bytes      BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX segments_by_place ON segments (kind, partition, import, seq);
CREATE INDEX segments_by_import ON segments (import);

-- Keyed hashes of name tokens and ids, sealed with the pseudonym key; one part per import that brought names.
CREATE TABLE name_index (
  import INTEGER PRIMARY KEY REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,
  sealed BLOB NOT NULL
) STRICT;
