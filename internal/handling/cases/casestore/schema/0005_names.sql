CREATE INDEX cases_agency_name ON cases (agency, applicant)
