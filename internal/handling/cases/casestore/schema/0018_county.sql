-- Lists of a county, a town and an agency that take as long where there are few
-- cases as where there are many. All rows of the shelf are written anew, so its
-- indexes are made after that: with them it takes several times as long.
ALTER TABLE cases ADD COLUMN county TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN town TEXT NOT NULL DEFAULT '';
UPDATE cases SET county = substr(region, 1, 6), town = substr(region, 1, 9);
CREATE INDEX cases_county ON cases (county, id);
CREATE INDEX cases_town ON cases (town, id);
CREATE INDEX cases_due_county ON cases (county, due, id) WHERE waiting = 1;
CREATE INDEX cases_due_town ON cases (town, due, id) WHERE waiting = 1;
CREATE INDEX cases_due_agency ON cases (agency, due, id) WHERE waiting = 1;
ALTER TABLE cases_archived ADD COLUMN county TEXT NOT NULL DEFAULT '';
ALTER TABLE cases_archived ADD COLUMN town TEXT NOT NULL DEFAULT '';
DROP INDEX cases_archived_party;
DROP INDEX cases_archived_agency;
DROP INDEX cases_archived_name;
DROP INDEX cases_archived_agency_name;
DROP INDEX cases_archived_state;
DROP INDEX cases_archived_agency_state;
DROP INDEX cases_archived_wake;
UPDATE cases_archived SET county = substr(region, 1, 6), town = substr(region, 1, 9);
CREATE INDEX cases_archived_county ON cases_archived (county, id);
CREATE INDEX cases_archived_town ON cases_archived (town, id);
CREATE INDEX cases_archived_party ON cases_archived (party, id);
CREATE INDEX cases_archived_agency ON cases_archived (agency, id);
CREATE INDEX cases_archived_name ON cases_archived (applicant, id);
CREATE INDEX cases_archived_agency_name ON cases_archived (agency, applicant, id);
CREATE INDEX cases_archived_state ON cases_archived (state, id, region) WHERE state <> 'granted';
CREATE INDEX cases_archived_agency_state ON cases_archived (agency, state, id) WHERE state <> 'granted';
CREATE INDEX cases_archived_wake ON cases_archived (wake) WHERE wake > 0
