CREATE TABLE themes_drafts (
	id        TEXT PRIMARY KEY,
	name      TEXT NOT NULL,
	region    TEXT NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'published')),
	changed   BIGINT NOT NULL,
	body      TEXT NOT NULL,   -- JSON of the draft
	head_seq  BIGINT NOT NULL, -- last fact of stream theme/<id>
	head_hash TEXT NOT NULL
);
CREATE TABLE themes_editions (
	theme     TEXT NOT NULL,
	number    INTEGER NOT NULL,
	name      TEXT NOT NULL,
	effective TEXT NOT NULL,
	retired   TEXT NOT NULL,   -- '' while it is in force
	body      TEXT NOT NULL,   -- JSON of the theme
	by_name   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	PRIMARY KEY (theme, number)
);
CREATE TABLE themes_version (
	id      INTEGER PRIMARY KEY CHECK (id = 1),
	version BIGINT NOT NULL
);
INSERT INTO themes_version (id, version) VALUES (1, 0);
