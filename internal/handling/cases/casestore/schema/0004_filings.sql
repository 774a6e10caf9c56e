-- What was handed in changes seldom and is long: kept apart it need not be
-- written again with every act. Of a filing only its own names are read.
CREATE TABLE cases_filings (
	case_id TEXT PRIMARY KEY,
	body    TEXT NOT NULL
);
INSERT INTO cases_filings (case_id, body) SELECT id, body FROM cases
