CREATE TABLE visits_visits (
	id        TEXT     PRIMARY KEY,
	joint     TEXT     NOT NULL,
	ended     SMALLINT NOT NULL,
	open_of   TEXT     NOT NULL UNIQUE,  -- the matter while the visit is open, then the visit: one at a time
	opened    BIGINT   NOT NULL,
	body      TEXT     NOT NULL,
	head_seq  BIGINT   NOT NULL,
	head_hash TEXT     NOT NULL
);
CREATE INDEX visits_visits_joint ON visits_visits (joint, opened);
CREATE INDEX visits_visits_ended ON visits_visits (ended, id);
CREATE TABLE visits_agencies (
	agency TEXT NOT NULL,
	visit  TEXT NOT NULL,
	PRIMARY KEY (agency, visit)
);
