-- Lists of a county, a town and an agency that take as long where there are few
-- cases as where there are many.
ALTER TABLE cases ADD COLUMN county TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN town TEXT NOT NULL DEFAULT '';
UPDATE cases SET county = substr(region, 1, 6), town = substr(region, 1, 9);
CREATE INDEX cases_county ON cases (county, id);
CREATE INDEX cases_town ON cases (town, id);
ALTER TABLE cases_archived ADD COLUMN county TEXT NOT NULL DEFAULT '';
ALTER TABLE cases_archived ADD COLUMN town TEXT NOT NULL DEFAULT '';
UPDATE cases_archived SET county = substr(region, 1, 6), town = substr(region, 1, 9);
CREATE INDEX cases_archived_county ON cases_archived (county, id);
CREATE INDEX cases_archived_town ON cases_archived (town, id);
CREATE INDEX cases_due_county ON cases (county, due, id) WHERE waiting = 1;
CREATE INDEX cases_due_town ON cases (town, due, id) WHERE waiting = 1;
CREATE INDEX cases_due_agency ON cases (agency, due, id) WHERE waiting = 1
