CREATE TABLE projects_projects (
	id        TEXT PRIMARY KEY,
	code      TEXT NOT NULL UNIQUE,
	party     TEXT NOT NULL,
	region    TEXT NOT NULL,
	major     SMALLINT NOT NULL,
	asking    TEXT NOT NULL,        -- day by which the earliest open request is due; '' for none
	opened    BIGINT NOT NULL,
	body      TEXT NOT NULL,        -- JSON of the project
	head_seq  BIGINT NOT NULL,      -- last fact of stream project/<id>
	head_hash TEXT NOT NULL
);
CREATE INDEX projects_projects_party ON projects_projects (party, opened);
CREATE INDEX projects_projects_opened ON projects_projects (opened, id);
CREATE TABLE projects_links (
	link    TEXT PRIMARY KEY,       -- draft/…, joint/…, case/…
	project TEXT NOT NULL
);
CREATE TABLE projects_agencies (
	agency  TEXT NOT NULL,
	project TEXT NOT NULL,
	PRIMARY KEY (agency, project)
);
