-- What is owed on somebody's word: promised materials, and checks of pledges.
CREATE TABLE cases_owed (
	case_id TEXT     NOT NULL,
	no      BIGINT   NOT NULL,
	agency  TEXT     NOT NULL,
	region  TEXT     NOT NULL,
	checks  SMALLINT NOT NULL,
	due     TEXT     NOT NULL,
	body    TEXT     NOT NULL,
	PRIMARY KEY (case_id, no)
);
CREATE INDEX cases_owed_agency ON cases_owed (agency, checks, due, case_id, no);
CREATE INDEX cases_owed_region ON cases_owed (checks, due, case_id, no)
