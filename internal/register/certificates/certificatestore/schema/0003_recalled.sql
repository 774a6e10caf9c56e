-- A certificate may also be recalled (撤回).
CREATE TABLE certificates_next (
	identifier TEXT   PRIMARY KEY,
	type       TEXT   NOT NULL,
	party      TEXT   NOT NULL,
	holder     TEXT   NOT NULL,
	state      TEXT   NOT NULL CHECK (state IN ('valid', 'suspended', 'superseded', 'cancelled', 'withdrawn', 'revoked', 'recalled')),
	body       TEXT   NOT NULL,
	seal       TEXT   NOT NULL,
	sealed     BIGINT NOT NULL,
	digest     TEXT   NOT NULL,
	value      TEXT   NOT NULL,
	changed    BIGINT NOT NULL,
	seq        BIGINT NOT NULL,
	hash       TEXT   NOT NULL
);
INSERT INTO certificates_next (identifier, type, party, holder, state, body, seal, sealed, digest, value, changed, seq, hash)
	SELECT identifier, type, party, holder, state, body, seal, sealed, digest, value, changed, seq, hash FROM certificates_certificates;
DROP TABLE certificates_certificates;
ALTER TABLE certificates_next RENAME TO certificates_certificates;
CREATE INDEX certificates_party ON certificates_certificates (party, sealed, identifier);
CREATE INDEX certificates_holder ON certificates_certificates (holder, type);
