CREATE TABLE certificates_types (
	code TEXT PRIMARY KEY,
	body TEXT NOT NULL
);
CREATE TABLE certificates_certificates (
	identifier TEXT   PRIMARY KEY,
	type       TEXT   NOT NULL,
	party      TEXT   NOT NULL,
	holder     TEXT   NOT NULL,
	state      TEXT   NOT NULL CHECK (state IN ('valid', 'suspended', 'superseded', 'cancelled', 'withdrawn', 'revoked')),
	body       TEXT   NOT NULL,
	seal       TEXT   NOT NULL,
	sealed     BIGINT NOT NULL,
	digest     TEXT   NOT NULL,
	value      TEXT   NOT NULL,
	changed    BIGINT NOT NULL,
	seq        BIGINT NOT NULL,
	hash       TEXT   NOT NULL
);
CREATE INDEX certificates_party ON certificates_certificates (party, sealed, identifier);
CREATE INDEX certificates_holder ON certificates_certificates (holder, type);
