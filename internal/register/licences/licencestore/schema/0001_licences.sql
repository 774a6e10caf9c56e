CREATE TABLE licences_licences (
	id       TEXT PRIMARY KEY,
	number   TEXT NOT NULL UNIQUE,
	matter   TEXT NOT NULL UNIQUE, -- one licence for what was applied for at once
	party    TEXT NOT NULL,
	industry TEXT NOT NULL,
	opened   BIGINT NOT NULL,
	body     TEXT NOT NULL,        -- JSON of the licence
	seq      BIGINT NOT NULL,      -- last fact of stream licence/<id>
	hash     TEXT NOT NULL
);
CREATE INDEX licences_licences_party ON licences_licences (party, opened);
CREATE TABLE licences_parts (
	root    TEXT PRIMARY KEY,      -- of the certificate, in whichever version
	licence TEXT NOT NULL
);
CREATE TABLE licences_sheets (
	root    TEXT PRIMARY KEY,      -- of the sealed paper
	licence TEXT NOT NULL
);
CREATE TABLE licences_serials (
	name TEXT PRIMARY KEY,
	last BIGINT NOT NULL
)
