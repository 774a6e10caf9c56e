-- Names of requests in the order of what the caller wrote, which mostly grows with
-- time: those of one commit then stand together. cases_asked keeps those of an
-- earlier version until they expire.
CREATE TABLE cases_named (
	name    TEXT   PRIMARY KEY,  -- how the request's name begins, and a digest of it and the account
	about   TEXT   NOT NULL,     -- digest of the act and what it was done to
	case_id TEXT   NOT NULL,
	at      BIGINT NOT NULL
) WITHOUT ROWID;
-- Short rows that are found by their key stand in it.
CREATE TABLE cases_papers_next (
	case_id TEXT   NOT NULL,
	seq     BIGINT NOT NULL,
	kind    TEXT   NOT NULL,
	title   TEXT   NOT NULL,
	agency  TEXT   NOT NULL,
	year    BIGINT NOT NULL,
	serial  BIGINT NOT NULL,
	PRIMARY KEY (case_id, seq, kind)
) WITHOUT ROWID;
INSERT INTO cases_papers_next (case_id, seq, kind, title, agency, year, serial) SELECT case_id, seq, kind, title, agency, year, serial FROM cases_papers;
DROP TABLE cases_papers;
ALTER TABLE cases_papers_next RENAME TO cases_papers;
CREATE UNIQUE INDEX cases_papers_serial ON cases_papers (agency, kind, year, serial) WHERE serial > 0
