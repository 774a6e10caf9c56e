CREATE TABLE cases (
	id         TEXT     PRIMARY KEY,
	number     TEXT     NOT NULL UNIQUE,
	item       TEXT     NOT NULL,
	edition    BIGINT   NOT NULL,
	item_name  TEXT     NOT NULL,
	agency     TEXT     NOT NULL,
	region     TEXT     NOT NULL,
	party      TEXT     NOT NULL,
	applicant  TEXT     NOT NULL,
	state      TEXT     NOT NULL CHECK (state IN ('received', 'correcting', 'accepted', 'granted', 'denied', 'not-needed', 'refused', 'withdrawn', 'terminated')),
	waiting    SMALLINT NOT NULL,
	received   TEXT     NOT NULL,
	due        TEXT     NOT NULL,
	legal_due  TEXT     NOT NULL,
	paused     SMALLINT NOT NULL,
	wake       BIGINT   NOT NULL,
	opened     BIGINT   NOT NULL,
	closed     BIGINT   NOT NULL,
	body       TEXT     NOT NULL,
	seq        BIGINT   NOT NULL,
	hash       TEXT     NOT NULL
);
CREATE INDEX cases_party ON cases (party, id);
CREATE INDEX cases_agency ON cases (agency, id);
CREATE INDEX cases_applicant ON cases (applicant, id);
CREATE INDEX cases_queue ON cases (region, id) WHERE state IN ('received', 'correcting');
CREATE INDEX cases_due ON cases (due, id) WHERE waiting = 1;
CREATE INDEX cases_wake ON cases (wake) WHERE wake > 0;
CREATE TABLE cases_work (
	case_id TEXT   NOT NULL,
	work_id TEXT   NOT NULL,
	agency  TEXT   NOT NULL,
	role    TEXT   NOT NULL,
	claimed TEXT   NOT NULL,
	due     TEXT   NOT NULL,
	opened  BIGINT NOT NULL,
	body    TEXT   NOT NULL,
	PRIMARY KEY (case_id, work_id)
);
CREATE INDEX cases_work_tray ON cases_work (agency, role, claimed, due, case_id, work_id);
CREATE TABLE cases_papers (
	case_id TEXT   NOT NULL,
	seq     BIGINT NOT NULL,
	kind    TEXT   NOT NULL,
	title   TEXT   NOT NULL,
	agency  TEXT   NOT NULL,
	year    BIGINT NOT NULL,
	serial  BIGINT NOT NULL,
	PRIMARY KEY (case_id, seq, kind)
);
CREATE UNIQUE INDEX cases_papers_serial ON cases_papers (agency, kind, year, serial) WHERE serial > 0;
CREATE TABLE cases_serials (
	name TEXT   PRIMARY KEY,
	last BIGINT NOT NULL
);
CREATE TABLE cases_requests (
	account TEXT   NOT NULL,
	request TEXT   NOT NULL,
	act     TEXT   NOT NULL,
	case_id TEXT   NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (account, request)
);
CREATE TABLE cases_drafts (
	id      TEXT   PRIMARY KEY,
	party   TEXT   NOT NULL,
	item    TEXT   NOT NULL,
	edition BIGINT NOT NULL,
	body    TEXT   NOT NULL,
	changed BIGINT NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX cases_drafts_party ON cases_drafts (party, id)
