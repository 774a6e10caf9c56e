-- Papers that wait for their number are few, and are counted from here.
CREATE INDEX cases_papers_waiting ON cases_papers (year, agency, kind) WHERE serial = 0;
