CREATE TABLE cases_asked (
	name    TEXT   PRIMARY KEY,  -- digest of account and request; cases_requests keeps those of earlier versions until they expire
	about   TEXT   NOT NULL,     -- digest of the act and what it was done to
	case_id TEXT   NOT NULL,
	at      BIGINT NOT NULL
);
