CREATE TABLE archives_packages (
	id      TEXT   NOT NULL,
	version BIGINT NOT NULL,
	number  TEXT   NOT NULL UNIQUE,
	about   TEXT   NOT NULL,
	title   TEXT   NOT NULL,
	agency  TEXT   NOT NULL,
	year    BIGINT NOT NULL,
	keep    TEXT   NOT NULL,
	serial  BIGINT NOT NULL,
	made    BIGINT NOT NULL,
	size    BIGINT NOT NULL,
	digest  TEXT   NOT NULL,
	prev    TEXT   NOT NULL,
	content TEXT   NOT NULL,
	PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX archives_packages_serial ON archives_packages (agency, year, keep, serial);
-- Each series (全宗、年度、保管期限) with its last package: also the sums.
CREATE TABLE archives_series (
	agency TEXT   NOT NULL,
	year   BIGINT NOT NULL,
	keep   TEXT   NOT NULL,
	last   BIGINT NOT NULL,
	head   TEXT   NOT NULL,
	bytes  BIGINT NOT NULL,
	PRIMARY KEY (agency, year, keep)
);
-- What could not be taken in, and why.
CREATE TABLE archives_refused (
	id    TEXT   PRIMARY KEY,
	about TEXT   NOT NULL,
	say   TEXT   NOT NULL,
	at    BIGINT NOT NULL
)
