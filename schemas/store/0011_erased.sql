-- What was erased, so that a backup of before can be brought up to date, and two rules that were missing.

-- A keyed hash of each officer's code or lead that an erasure took out: it can be compared with what a backup holds, and
-- says nothing by itself. Profiles keep a copy.
CREATE TABLE erased (
  mark    TEXT PRIMARY KEY CHECK (length(mark) = 44),
  receipt INTEGER NOT NULL REFERENCES erasures (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE TRIGGER erased_no_update BEFORE UPDATE ON erased
  BEGIN SELECT RAISE(ABORT, 'what was erased stays marked'); END;
CREATE TRIGGER erased_no_delete BEFORE DELETE ON erased
  BEGIN SELECT RAISE(ABORT, 'what was erased is marked for good'); END;

CREATE TRIGGER recusals_no_delete BEFORE DELETE ON recusals
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a recusal is never removed'); END;
CREATE TRIGGER second_reviews_begin_open BEFORE INSERT ON second_reviews
  WHEN NEW.at IS NOT NULL OR NEW.member IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a second review begins with nobody'); END;
