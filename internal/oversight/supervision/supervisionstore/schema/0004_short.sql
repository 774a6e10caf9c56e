-- Short rows that are found by their key stand in it.
CREATE TABLE supervision_stirs_next (
	case_id TEXT     NOT NULL,
	seq     BIGINT   NOT NULL,
	telling SMALLINT NOT NULL,
	PRIMARY KEY (case_id, seq)
) WITHOUT ROWID;
INSERT INTO supervision_stirs_next (case_id, seq, telling) SELECT case_id, seq, telling FROM supervision_stirs;
DROP TABLE supervision_stirs;
ALTER TABLE supervision_stirs_next RENAME TO supervision_stirs;
CREATE TABLE supervision_looks_next (
	case_id TEXT   PRIMARY KEY,
	due     BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO supervision_looks_next (case_id, due) SELECT case_id, due FROM supervision_looks;
DROP TABLE supervision_looks;
ALTER TABLE supervision_looks_next RENAME TO supervision_looks;
CREATE INDEX supervision_looks_due ON supervision_looks (due, case_id)
