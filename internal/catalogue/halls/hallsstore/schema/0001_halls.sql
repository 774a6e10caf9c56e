CREATE TABLE halls (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	region TEXT NOT NULL,
	agency TEXT NOT NULL,
	approved TEXT NOT NULL,
	address TEXT NOT NULL,
	hours TEXT NOT NULL,
	phone TEXT NOT NULL,
	windows TEXT NOT NULL,
	closed SMALLINT NOT NULL,
	version INTEGER NOT NULL
);

CREATE TABLE halls_version (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	version BIGINT NOT NULL
);

INSERT INTO halls_version (id, version) VALUES (1, 0);
