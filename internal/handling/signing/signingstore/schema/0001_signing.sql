CREATE TABLE signing_screens (
	id       TEXT   PRIMARY KEY,
	shown    TEXT   NOT NULL, -- digest of what its browser shows
	code     TEXT   NOT NULL, -- six digits; once it is paired, its id
	lasts    BIGINT NOT NULL,
	session  TEXT   NOT NULL, -- of the clerk; '' not paired
	body     TEXT   NOT NULL,
	seq      BIGINT NOT NULL,
	hash     TEXT   NOT NULL
);
CREATE UNIQUE INDEX signing_screens_shown ON signing_screens (shown);
CREATE UNIQUE INDEX signing_screens_code ON signing_screens (code);
CREATE INDEX signing_screens_session ON signing_screens (session);
CREATE TABLE signing_papers (
	id       TEXT     PRIMARY KEY,
	screen   TEXT     NOT NULL,
	waiting  SMALLINT NOT NULL,
	sent     BIGINT   NOT NULL,
	body     TEXT     NOT NULL, -- sealed
	seq      BIGINT   NOT NULL,
	hash     TEXT     NOT NULL
);
CREATE INDEX signing_papers_screen ON signing_papers (screen, waiting, sent);
