CREATE TABLE revisions (
	id          TEXT PRIMARY KEY,
	item        TEXT NOT NULL,
	open        SMALLINT NOT NULL,       -- 1 while it is on its way
	name        TEXT NOT NULL,
	agency_name TEXT NOT NULL,
	region      TEXT NOT NULL,           -- level on whose desk it is
	reason      TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'once', 'returned', 'reviewed', 'public', 'published', 'withdrawn')),
	effective   TEXT NOT NULL,
	until_day   TEXT NOT NULL,           -- last day of the publicity, '' before it
	unanswered  INTEGER NOT NULL,
	editor      TEXT NOT NULL,           -- account that opened it
	changed     BIGINT NOT NULL,
	body        TEXT NOT NULL,           -- JSON of the revision
	head_seq    BIGINT NOT NULL,         -- last fact of stream revision/<id>
	head_hash   TEXT NOT NULL
);
CREATE UNIQUE INDEX revisions_one_open ON revisions (item) WHERE open = 1;
CREATE INDEX revisions_item ON revisions (item, changed);
CREATE INDEX revisions_state ON revisions (state, until_day);
CREATE INDEX revisions_changed ON revisions (changed, id);
