-- What comes from and goes to other people: requests for names and their answers, countersignatures, challenges.

-- The text behind an entry's salted hash, where it is no justification: a reason for a refusal, a question, an answer.
CREATE TABLE texts (
  seq  INTEGER PRIMARY KEY REFERENCES ledger_leaves (seq),
  salt BLOB NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE TRIGGER texts_no_update BEFORE UPDATE ON texts
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a text is never changed'); END;
CREATE TRIGGER texts_no_delete BEFORE DELETE ON texts
  WHEN NOT EXISTS (SELECT 1 FROM erasure_window)
  BEGIN SELECT RAISE(ABORT, 'a text is never removed'); END;

-- A request for a name under the policy `countersigned`. `once` is the one-time key its entry names; `secret`, its other
-- half sealed to the requester's card, and `granted`, the sealed fields, are emptied when the name was shown or time ran out.
CREATE TABLE requests (
  seq     INTEGER PRIMARY KEY REFERENCES unmaskings (seq),
  once    TEXT NOT NULL,
  secret  BLOB,
  granted BLOB,
  scope   TEXT,
  minutes INTEGER CHECK (minutes > 0),
  expires INTEGER NOT NULL,
  answer  INTEGER REFERENCES ledger_leaves (seq)
) STRICT;
CREATE TRIGGER requests_keep_their_key BEFORE UPDATE OF seq, once ON requests
  BEGIN SELECT RAISE(ABORT, 'a request keeps its key'); END;
CREATE TRIGGER requests_secret_goes_once BEFORE UPDATE OF secret ON requests
  WHEN NEW.secret IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a one-time key does not come back'); END;
CREATE TRIGGER requests_answered_once BEFORE UPDATE OF answer ON requests
  WHEN OLD.answer IS NOT NULL AND NEW.answer IS NOT OLD.answer
  BEGIN SELECT RAISE(ABORT, 'a request is answered once'); END;
CREATE TRIGGER requests_no_delete BEFORE DELETE ON requests
  BEGIN SELECT RAISE(ABORT, 'a request is never removed'); END;

-- Countersignatures taken; `note` is the head with the signature line. `seq` is the entry that says so.
CREATE TABLE countersignatures (
  seq     INTEGER PRIMARY KEY REFERENCES ledger_leaves (seq),
  size    INTEGER NOT NULL CHECK (size > 0),
  witness TEXT NOT NULL,
  at      INTEGER NOT NULL,
  note    TEXT NOT NULL
) STRICT;
CREATE INDEX countersignatures_by_size ON countersignatures (size);
CREATE TRIGGER countersignatures_no_update BEFORE UPDATE ON countersignatures
  BEGIN SELECT RAISE(ABORT, 'a countersignature is never changed'); END;
CREATE TRIGGER countersignatures_no_delete BEFORE DELETE ON countersignatures
  BEGIN SELECT RAISE(ABORT, 'a countersignature is never removed'); END;

-- Questions of a data protection officer about an entry, open until `answered` names the entry of the answer.
CREATE TABLE challenges (
  seq      INTEGER PRIMARY KEY REFERENCES texts (seq),
  code     TEXT NOT NULL UNIQUE,
  member   TEXT NOT NULL,
  card     TEXT NOT NULL,
  entry    INTEGER NOT NULL REFERENCES ledger_leaves (seq),
  lead     INTEGER,
  at       INTEGER NOT NULL,
  pack     TEXT NOT NULL,
  answered INTEGER REFERENCES texts (seq)
) STRICT;
CREATE INDEX challenges_by_lead ON challenges (lead);
CREATE TRIGGER challenges_are_answered_and_nothing_else
  BEFORE UPDATE OF seq, code, member, card, entry, lead, at, pack ON challenges
  BEGIN SELECT RAISE(ABORT, 'a challenge keeps its question'); END;
CREATE TRIGGER challenges_answered_once BEFORE UPDATE OF answered ON challenges
  WHEN OLD.answered IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a challenge is answered once'); END;
CREATE TRIGGER challenges_no_delete BEFORE DELETE ON challenges
  BEGIN SELECT RAISE(ABORT, 'a challenge is never removed'); END;
