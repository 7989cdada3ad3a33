-- An erasure takes an officer's code out of everything that is kept about others: reasons and answers as well.

DROP TRIGGER replies_no_update;
CREATE TRIGGER replies_no_update BEFORE UPDATE ON replies
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;

DROP TRIGGER holds_keep_their_reason;
CREATE TRIGGER holds_keep_their_reason BEFORE UPDATE OF id, lead, at, member, reason ON holds
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a hold keeps its reason'); END;

DROP TRIGGER deletions_keep_their_reason;
CREATE TRIGGER deletions_keep_their_reason BEFORE UPDATE OF lead, proposed_at, proposed_by, reason ON deletions
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a deletion keeps its reason'); END;
