-- Cases that were put on the shelf: found by the same lists as the others, and
-- kept small. Body is both parts of the case, packed.
CREATE TABLE cases_archived (
	id         TEXT     PRIMARY KEY,
	number     TEXT     NOT NULL UNIQUE,
	item       TEXT     NOT NULL,
	edition    BIGINT   NOT NULL,
	item_name  TEXT     NOT NULL,
	agency     TEXT     NOT NULL,
	region     TEXT     NOT NULL,
	party      TEXT     NOT NULL,
	applicant  TEXT     NOT NULL,
	state      TEXT     NOT NULL,
	waiting    SMALLINT NOT NULL,
	issuing    SMALLINT NOT NULL,
	received   TEXT     NOT NULL,
	due        TEXT     NOT NULL,
	legal_due  TEXT     NOT NULL,
	paused     SMALLINT NOT NULL,
	pauses     TEXT     NOT NULL,
	wake       BIGINT   NOT NULL,
	opened     BIGINT   NOT NULL,
	closed     BIGINT   NOT NULL,
	body       TEXT     NOT NULL,
	seq        BIGINT   NOT NULL,
	hash       TEXT     NOT NULL
);
CREATE INDEX cases_archived_party ON cases_archived (party, id);
CREATE INDEX cases_archived_agency ON cases_archived (agency, id);
CREATE INDEX cases_archived_name ON cases_archived (applicant, id);
CREATE INDEX cases_archived_agency_name ON cases_archived (agency, applicant, id);
CREATE INDEX cases_archived_state ON cases_archived (state, id, region) WHERE state <> 'granted';
CREATE INDEX cases_archived_agency_state ON cases_archived (agency, state, id) WHERE state <> 'granted';
CREATE INDEX cases_archived_wake ON cases_archived (wake) WHERE wake > 0;
CREATE INDEX cases_closed ON cases (closed, id) WHERE closed > 0
