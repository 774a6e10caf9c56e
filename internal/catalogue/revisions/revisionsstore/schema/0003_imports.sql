CREATE TABLE revisions_imports (
	id      TEXT PRIMARY KEY,
	region  TEXT NOT NULL,               -- whose desk
	hash    TEXT NOT NULL,               -- of the file's content
	state   TEXT NOT NULL CHECK (state IN ('waiting', 'looked', 'keeping', 'done', 'refused')),
	begun   BIGINT NOT NULL,
	body    TEXT NOT NULL,               -- JSON of the import
	version BIGINT NOT NULL
);
CREATE UNIQUE INDEX revisions_imports_file ON revisions_imports (region, hash);
CREATE INDEX revisions_imports_begun ON revisions_imports (region, begun);
CREATE INDEX revisions_imports_state ON revisions_imports (state, begun);
