CREATE TABLE hearings_notices (
	id        TEXT     PRIMARY KEY,
	case_id   TEXT     NOT NULL,
	ended     SMALLINT NOT NULL,
	held      BIGINT   NOT NULL,  -- when it is to be held
	body      TEXT     NOT NULL,
	head_seq  BIGINT   NOT NULL,
	head_hash TEXT     NOT NULL
);
CREATE INDEX hearings_notices_case ON hearings_notices (case_id, held);
CREATE INDEX hearings_notices_held ON hearings_notices (ended, held, id);
CREATE TABLE hearings_signups (
	notice    TEXT   NOT NULL,
	party     TEXT   NOT NULL,
	id        TEXT   NOT NULL,
	body      TEXT   NOT NULL,
	head_seq  BIGINT NOT NULL,
	head_hash TEXT   NOT NULL,
	PRIMARY KEY (notice, party)
);
CREATE INDEX hearings_signups_order ON hearings_signups (notice, id);
CREATE INDEX hearings_signups_party ON hearings_signups (party, id);
