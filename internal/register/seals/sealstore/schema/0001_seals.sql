CREATE TABLE seals_seals (
	id          TEXT   PRIMARY KEY,
	agency      TEXT   NOT NULL,
	agency_code TEXT   NOT NULL,
	agency_name TEXT   NOT NULL,
	kind        TEXT   NOT NULL CHECK (kind IN ('official', 'approval', 'intake', 'certificate')),
	name        TEXT   NOT NULL,
	state       TEXT   NOT NULL CHECK (state IN ('disabled', 'enabled', 'cancelled')),
	valid_from  TEXT   NOT NULL,
	valid_till  TEXT   NOT NULL,
	made        BIGINT NOT NULL,
	picture     TEXT   NOT NULL,
	certificate TEXT   NOT NULL,
	structure   TEXT   NOT NULL,
	seq         BIGINT NOT NULL,
	hash        TEXT   NOT NULL
);
CREATE INDEX seals_seals_agency ON seals_seals (agency, made);
CREATE TABLE seals_uses (
	seal     TEXT   NOT NULL,
	at       BIGINT NOT NULL,
	id       TEXT   NOT NULL,
	digest   TEXT   NOT NULL,
	document TEXT   NOT NULL,
	account  TEXT   NOT NULL,
	name     TEXT   NOT NULL,
	item     TEXT   NOT NULL,
	case_no  TEXT   NOT NULL,
	PRIMARY KEY (seal, at, id)
);
