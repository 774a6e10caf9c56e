CREATE TABLE parties (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
	name TEXT NOT NULL,
	document_type TEXT NOT NULL,
	document_index TEXT NOT NULL UNIQUE,
	head_name TEXT NOT NULL,
	head_index TEXT NOT NULL,
	sort TEXT NOT NULL,
	real_grade INTEGER NOT NULL,
	private TEXT NOT NULL,
	created BIGINT NOT NULL,
	version INTEGER NOT NULL
);

CREATE INDEX parties_head ON parties (head_index) WHERE head_index <> '';

CREATE TABLE parties_unmaskings (
	id TEXT PRIMARY KEY,
	at BIGINT NOT NULL,
	party TEXT NOT NULL REFERENCES parties (id),
	account TEXT NOT NULL,
	name TEXT NOT NULL,
	reason TEXT NOT NULL
);

CREATE INDEX parties_unmaskings_party ON parties_unmaskings (party, id);

CREATE INDEX parties_unmaskings_account ON parties_unmaskings (account, id);
