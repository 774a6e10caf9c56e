CREATE TABLE papers_voids (
	agency TEXT   NOT NULL,
	kind   TEXT   NOT NULL,
	year   BIGINT NOT NULL,
	first  BIGINT NOT NULL,
	last   BIGINT NOT NULL,
	reason TEXT   NOT NULL,
	author TEXT   NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (agency, kind, year, first)
);
