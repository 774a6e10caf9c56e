CREATE TABLE credit_records (
	id      TEXT   PRIMARY KEY,
	subject TEXT   NOT NULL,
	name    TEXT   NOT NULL,
	agency  TEXT   NOT NULL,
	region  TEXT   NOT NULL,
	state   TEXT   NOT NULL CHECK (state IN ('valid', 'objected', 'repairing', 'repaired', 'removed')),
	body    TEXT   NOT NULL,
	seq     BIGINT NOT NULL,
	hash    TEXT   NOT NULL
);
CREATE INDEX credit_subject ON credit_records (subject, id);
CREATE INDEX credit_agency ON credit_records (agency, id)
