CREATE TABLE identity_accounts (
	id TEXT PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	mobile TEXT NOT NULL,
	party TEXT UNIQUE,
	region TEXT NOT NULL,
	real_grade INTEGER NOT NULL CHECK (real_grade BETWEEN 0 AND 2),
	password TEXT NOT NULL,
	must_change SMALLINT NOT NULL,
	locked TEXT NOT NULL,
	totp TEXT NOT NULL,
	totp_on SMALLINT NOT NULL,
	totp_step BIGINT NOT NULL DEFAULT 0,
	created BIGINT NOT NULL,
	version INTEGER NOT NULL
);

CREATE TABLE identity_tries (
	who TEXT PRIMARY KEY,
	n BIGINT NOT NULL,
	since BIGINT NOT NULL,
	closed_until BIGINT NOT NULL
);

CREATE INDEX identity_tries_since ON identity_tries (since);

CREATE TABLE identity_sessions (
	id TEXT PRIMARY KEY,
	token TEXT NOT NULL UNIQUE,
	account TEXT NOT NULL REFERENCES identity_accounts (id),
	party TEXT NOT NULL,
	mandate TEXT NOT NULL,
	api SMALLINT NOT NULL,
	agent TEXT NOT NULL,
	ip TEXT NOT NULL,
	channel TEXT NOT NULL,
	label TEXT NOT NULL,
	created BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	live_until BIGINT NOT NULL
);

CREATE INDEX identity_sessions_account ON identity_sessions (account, id);

CREATE INDEX identity_sessions_until ON identity_sessions (live_until);

CREATE TABLE identity_recovery (
	account TEXT NOT NULL REFERENCES identity_accounts (id),
	code TEXT NOT NULL,
	PRIMARY KEY (account, code)
);

CREATE TABLE identity_mandates (
	id TEXT PRIMARY KEY,
	firm TEXT NOT NULL,
	person TEXT NOT NULL,
	items TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_through TEXT NOT NULL,
	granted TEXT NOT NULL,
	made BIGINT NOT NULL,
	revoked BIGINT NOT NULL
);

CREATE INDEX identity_mandates_firm ON identity_mandates (firm, id);

CREATE INDEX identity_mandates_person ON identity_mandates (person, id);

CREATE TABLE identity_setup (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	token TEXT NOT NULL
);

CREATE TABLE identity_history (
	id TEXT PRIMARY KEY,
	at BIGINT NOT NULL,
	account TEXT NOT NULL,
	by_account TEXT NOT NULL,
	act TEXT NOT NULL,
	ip TEXT NOT NULL,
	detail TEXT NOT NULL
);

CREATE INDEX identity_history_account ON identity_history (account, id);
