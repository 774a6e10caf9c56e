CREATE TABLE hearings_stakes (
	case_id   TEXT   NOT NULL,
	party     TEXT   NOT NULL,
	id        TEXT   NOT NULL,
	body      TEXT   NOT NULL,
	head_seq  BIGINT NOT NULL,
	head_hash TEXT   NOT NULL,
	PRIMARY KEY (case_id, party)
);
CREATE INDEX hearings_stakes_party ON hearings_stakes (party, id);
