-- A certificate is found by the number printed on it and by its holder's name,
-- both as keyed hashes: whoever reads the table learns neither.
CREATE TABLE certificates_marks (
	mark       TEXT NOT NULL,
	identifier TEXT NOT NULL,
	PRIMARY KEY (mark, identifier)
);
ALTER TABLE certificates_certificates ADD COLUMN marked SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX certificates_unmarked ON certificates_certificates (identifier) WHERE marked = 0
