-- Lists that take as long in a large city as in a small one: the window's in the
-- order in which cases came, names in the order of the alphabet, and the states
-- in which few cases are by themselves.
DROP INDEX cases_queue;
CREATE INDEX cases_queue ON cases (opened, id, region) WHERE state IN ('received', 'correcting');
DROP INDEX cases_due;
CREATE INDEX cases_due ON cases (due, id, region) WHERE waiting = 1;
DROP INDEX cases_agency_name;
CREATE INDEX cases_agency_name ON cases (agency, applicant, id);
CREATE INDEX cases_state ON cases (state, id, region) WHERE state <> 'granted';
CREATE INDEX cases_agency_state ON cases (agency, state, id) WHERE state <> 'granted'
