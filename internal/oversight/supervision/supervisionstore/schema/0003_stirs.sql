CREATE TABLE supervision_stirs (
	case_id TEXT     NOT NULL,
	seq     BIGINT   NOT NULL,
	telling SMALLINT NOT NULL,  -- 1: its line must be made again
	PRIMARY KEY (case_id, seq)
);
INSERT INTO supervision_stirs (case_id, seq, telling) SELECT case_id, seq, 1 FROM supervision_marks;
DROP TABLE supervision_marks;
