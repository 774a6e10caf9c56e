CREATE TABLE aid_matters (
	id      TEXT     PRIMARY KEY,
	party   TEXT     NOT NULL,
	agency  TEXT     NOT NULL,
	region  TEXT     NOT NULL,
	kind    TEXT     NOT NULL,
	ended   SMALLINT NOT NULL,
	day     TEXT     NOT NULL,
	cause   TEXT     NOT NULL,
	begun   TEXT     NOT NULL,
	body    TEXT     NOT NULL,
	seq     BIGINT   NOT NULL,
	hash    TEXT     NOT NULL
);
CREATE INDEX aid_matters_party ON aid_matters (party, ended, day);
CREATE INDEX aid_matters_agency ON aid_matters (agency, ended, day);
CREATE INDEX aid_matters_region ON aid_matters (ended, region, day);
