-- Who was asked to sign which open work and has not yet (加签).
CREATE TABLE cases_signers (
	account TEXT NOT NULL,
	case_id TEXT NOT NULL,
	work_id TEXT NOT NULL,
	PRIMARY KEY (account, case_id, work_id)
);
CREATE INDEX cases_signers_case ON cases_signers (case_id)
