CREATE TABLE agencies (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	short TEXT NOT NULL,
	uscc TEXT NOT NULL,
	region TEXT NOT NULL,
	kind TEXT NOT NULL,
	parent TEXT NOT NULL,
	phone TEXT NOT NULL,
	address TEXT NOT NULL,
	review TEXT NOT NULL,
	court TEXT NOT NULL,
	closed SMALLINT NOT NULL,
	version INTEGER NOT NULL
);

CREATE TABLE agencies_version (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	version BIGINT NOT NULL
);

INSERT INTO agencies_version (id, version) VALUES (1, 0);
