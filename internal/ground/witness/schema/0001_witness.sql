CREATE TABLE witness_leaves (
	no     BIGINT PRIMARY KEY,
	stream TEXT   NOT NULL,
	first  BIGINT NOT NULL,
	last   BIGINT NOT NULL
);
CREATE UNIQUE INDEX witness_leaves_stream ON witness_leaves (stream, last);
CREATE TABLE witness_nodes (
	level BIGINT NOT NULL,
	no    BIGINT NOT NULL,
	hash  TEXT   NOT NULL,
	PRIMARY KEY (level, no)
);
CREATE TABLE witness_roots (
	day  TEXT   PRIMARY KEY,
	size BIGINT NOT NULL,
	hash TEXT   NOT NULL,
	at   BIGINT NOT NULL
);
