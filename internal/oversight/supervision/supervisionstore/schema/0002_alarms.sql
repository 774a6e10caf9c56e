CREATE TABLE supervision_looks (
	case_id TEXT   PRIMARY KEY,
	due     BIGINT NOT NULL
);
CREATE INDEX supervision_looks_due ON supervision_looks (due, case_id);
CREATE TABLE supervision_alarms (
	case_id   TEXT   NOT NULL,
	rule      TEXT   NOT NULL,
	thing     TEXT   NOT NULL,
	raised    BIGINT NOT NULL,
	cleared   BIGINT NOT NULL,
	level     TEXT   NOT NULL,
	say       TEXT   NOT NULL,
	told      BIGINT NOT NULL,
	number    TEXT   NOT NULL,
	item_name TEXT   NOT NULL,
	region    TEXT   NOT NULL,
	agency    TEXT   NOT NULL,
	PRIMARY KEY (case_id, rule, thing, raised)
);
CREATE INDEX supervision_alarms_standing ON supervision_alarms (raised, case_id) WHERE cleared = 0;
CREATE TABLE supervision_notices (
	id        TEXT   PRIMARY KEY,
	account   TEXT   NOT NULL,
	role      TEXT   NOT NULL,
	agency    TEXT   NOT NULL,
	region    TEXT   NOT NULL,
	case_id   TEXT   NOT NULL,
	number    TEXT   NOT NULL,
	item_name TEXT   NOT NULL,
	rule      TEXT   NOT NULL,
	level     TEXT   NOT NULL,
	say       TEXT   NOT NULL,
	at        BIGINT NOT NULL
);
CREATE INDEX supervision_notices_account ON supervision_notices (account, id);
CREATE INDEX supervision_notices_post ON supervision_notices (role, agency, id)
