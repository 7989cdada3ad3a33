-- Leads and what people did about them.
-- route: 0 conduct, 1 welfare, 2 vetting, 3 data quality, 4 culture.   priority: 0 low, 1 normal, 2 high.
-- state: 0 new, 1 in review, 2 decided, 3 closed, 4 expired.

CREATE TABLE runs (
  id         INTEGER PRIMARY KEY CHECK (id > 0),
  at         INTEGER NOT NULL,
  cards_hash BLOB NOT NULL,
  report     TEXT NOT NULL
) STRICT;

-- Narrow on purpose: the queue filters and sorts these rows; texts are in `lead_bodies`. A number is never used twice.
CREATE TABLE leads (
  id          INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
  run         INTEGER NOT NULL REFERENCES runs (id),
  officer     INTEGER NOT NULL REFERENCES officers (idx),
  route       INTEGER NOT NULL CHECK (route BETWEEN 0 AND 4),
  priority    INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 2),
  state       INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
  first_day   INTEGER NOT NULL,
  last_day    INTEGER NOT NULL,
  strength    INTEGER NOT NULL,
  two_sources INTEGER NOT NULL CHECK (two_sources IN (0, 1)),
  created     INTEGER NOT NULL,
  changed     INTEGER NOT NULL,
  summary     TEXT NOT NULL,
  search      TEXT NOT NULL
) STRICT;
CREATE INDEX leads_by_priority ON leads (priority DESC, strength DESC, id);
CREATE INDEX leads_by_last_day ON leads (last_day DESC, id);
CREATE INDEX leads_by_created ON leads (created, id);
CREATE INDEX leads_by_officer ON leads (officer, route);
CREATE INDEX leads_by_route_state ON leads (route, state, priority);

CREATE TABLE lead_bodies (
  lead INTEGER PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE lead_indicators (
  indicator TEXT NOT NULL,
  lead      INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  PRIMARY KEY (indicator, lead)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_indicators_by_lead ON lead_indicators (lead);

-- The rows a finding rests on, as they were when the lead was made. `locator` is all a view shows of import and row.
CREATE TABLE evidence (
  lead    INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  finding INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  import  INTEGER NOT NULL REFERENCES imports (id),
  row     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  until   INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  locator INTEGER NOT NULL UNIQUE CHECK (locator BETWEEN 0 AND 1073741823),
  cells   TEXT NOT NULL,
  PRIMARY KEY (lead, finding, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'an evidence row is never changed'); END;

CREATE TABLE evidence_opened (
  lead   INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
  member TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (lead, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
  id         INTEGER PRIMARY KEY CHECK (id > 0),
  lead       INTEGER NOT NULL REFERENCES leads (id),
  at         INTEGER NOT NULL,
  member     TEXT NOT NULL,
  outcome    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  agreements TEXT NOT NULL,
  supersedes INTEGER UNIQUE REFERENCES decisions (id)
) STRICT;
CREATE INDEX decisions_by_lead ON decisions (lead, id);
CREATE TRIGGER decisions_supersede_the_last BEFORE INSERT ON decisions
  WHEN NEW.supersedes IS NOT (SELECT max(id) FROM decisions WHERE lead = NEW.lead)
  BEGIN SELECT RAISE(ABORT, 'a decision supersedes the last one on its lead'); END;
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a decision is never changed: take a later one'); END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a decision is never removed'); END;

CREATE TABLE notes (
  id     INTEGER PRIMARY KEY CHECK (id > 0),
  lead   INTEGER NOT NULL REFERENCES leads (id),
  at     INTEGER NOT NULL,
  member TEXT NOT NULL,
  text   TEXT NOT NULL
) STRICT;
CREATE INDEX notes_by_lead ON notes (lead, id);
CREATE TRIGGER notes_no_update BEFORE UPDATE ON notes
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a note is never changed: write another'); END;
CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a note is never removed'); END;
