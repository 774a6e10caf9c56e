-- Who decided what and when, to see who decided many cases in one moment.
CREATE TABLE supervision_decided (
	account TEXT   NOT NULL,
	at      BIGINT NOT NULL,
	case_id TEXT   NOT NULL,
	name    TEXT   NOT NULL,
	PRIMARY KEY (account, at, case_id)
) WITHOUT ROWID;
CREATE INDEX supervision_decided_case ON supervision_decided (case_id)
