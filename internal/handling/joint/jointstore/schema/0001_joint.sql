CREATE TABLE joint_matters (
	id        TEXT PRIMARY KEY,
	number    TEXT NOT NULL UNIQUE,
	draft     TEXT NOT NULL UNIQUE, -- it was made of: submitted twice, it is one
	theme     TEXT NOT NULL,
	party     TEXT NOT NULL,
	region    TEXT NOT NULL,
	open      SMALLINT NOT NULL,
	opened    BIGINT NOT NULL,
	body      TEXT NOT NULL,        -- JSON of the joint case
	head_seq  BIGINT NOT NULL,      -- last fact of stream joint/<id>
	head_hash TEXT NOT NULL
);
CREATE INDEX joint_matters_party ON joint_matters (party, opened);
CREATE INDEX joint_matters_opened ON joint_matters (opened, id);
CREATE TABLE joint_parts (
	joint   TEXT NOT NULL,
	item    TEXT NOT NULL,
	case_id TEXT NOT NULL,          -- '' until it is filed
	state   TEXT NOT NULL CHECK (state IN ('waiting', 'lacking', 'filed', 'done', 'failed', 'withdrawn', 'stopped')),
	PRIMARY KEY (joint, item)
);
CREATE INDEX joint_parts_case ON joint_parts (case_id);
CREATE TABLE joint_serials (
	name TEXT PRIMARY KEY,
	last BIGINT NOT NULL
);
