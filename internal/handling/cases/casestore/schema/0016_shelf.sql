-- A case on the shelf is read from its package alone: nothing of it is kept a second time.
ALTER TABLE cases_archived DROP COLUMN body;
-- How far each series of paper numbers has come, and how far it was looked through
-- for numbers that no paper has.
CREATE TABLE cases_series (
	agency  TEXT   NOT NULL,
	kind    TEXT   NOT NULL,
	year    BIGINT NOT NULL,
	last    BIGINT NOT NULL,
	checked BIGINT NOT NULL,  -- up to this number
	looked  BIGINT NOT NULL,  -- when
	PRIMARY KEY (year, agency, kind)
) WITHOUT ROWID;
INSERT INTO cases_series (agency, kind, year, last, checked, looked) SELECT agency, kind, year, MAX(serial), 0, 0 FROM cases_papers WHERE serial > 0 GROUP BY agency, kind, year;
CREATE TABLE cases_gaps (
	agency TEXT   NOT NULL,
	kind   TEXT   NOT NULL,
	year   BIGINT NOT NULL,
	low    BIGINT NOT NULL,
	high   BIGINT NOT NULL,
	PRIMARY KEY (year, agency, kind, low)
) WITHOUT ROWID;
-- The numbers of papers whose cases stand on the shelf, from one to another without
-- a gap: the papers themselves are in the packages.
CREATE TABLE cases_numbers (
	agency TEXT   NOT NULL,
	kind   TEXT   NOT NULL,
	year   BIGINT NOT NULL,
	low    BIGINT NOT NULL,
	high   BIGINT NOT NULL,
	PRIMARY KEY (agency, kind, year, low)
) WITHOUT ROWID;
INSERT INTO cases_numbers (agency, kind, year, low, high) SELECT agency, kind, year, serial, serial FROM cases_papers WHERE serial > 0 AND case_id IN (SELECT id FROM cases_archived);
DELETE FROM cases_papers WHERE case_id IN (SELECT id FROM cases_archived)
