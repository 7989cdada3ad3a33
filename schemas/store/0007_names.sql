-- What typed text is checked against by members who may not open the name index: slow keyed hashes of names and ids, whose
-- only answer is "may contain a name". One part per import that brought names; the key is in `meta`.
CREATE TABLE name_filter (
  import INTEGER PRIMARY KEY REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,
  hashes BLOB NOT NULL CHECK (length(hashes) % 8 = 0)
) STRICT;

-- How often a member asked on a day: the number only grows.
CREATE TABLE name_checks (
  member TEXT NOT NULL,
  day    INTEGER NOT NULL,
  asked  INTEGER NOT NULL CHECK (asked > 0),
  PRIMARY KEY (member, day)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER name_checks_grow BEFORE UPDATE ON name_checks
  WHEN NEW.member <> OLD.member OR NEW.day <> OLD.day OR NEW.asked <= OLD.asked
  BEGIN SELECT RAISE(ABORT, 'checks that were asked stay counted'); END;
CREATE TRIGGER name_checks_no_delete BEFORE DELETE ON name_checks
  BEGIN SELECT RAISE(ABORT, 'checks that were asked stay counted'); END;
