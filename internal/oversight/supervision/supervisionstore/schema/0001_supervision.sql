CREATE TABLE supervision_marks (
	case_id TEXT   PRIMARY KEY,
	seq     BIGINT NOT NULL
);
CREATE TABLE supervision_lines (
	case_id TEXT   PRIMARY KEY,
	body    TEXT   NOT NULL,
	version BIGINT NOT NULL
);
CREATE TABLE supervision_days (
	day         TEXT   NOT NULL,
	region      TEXT   NOT NULL,
	agency      TEXT   NOT NULL,
	item        TEXT   NOT NULL,
	filed       BIGINT NOT NULL,
	accepted    BIGINT NOT NULL,
	decided     BIGINT NOT NULL,
	in_promise  BIGINT NOT NULL,
	in_law      BIGINT NOT NULL,
	turned_away BIGINT NOT NULL,
	withdrawn   BIGINT NOT NULL,
	asked       BIGINT NOT NULL,
	asked_twice BIGINT NOT NULL,
	urged       BIGINT NOT NULL,
	minutes     BIGINT NOT NULL,
	in_window   BIGINT NOT NULL,
	in_review   BIGINT NOT NULL,
	in_special  BIGINT NOT NULL,
	in_joint    BIGINT NOT NULL,
	in_decision BIGINT NOT NULL,
	PRIMARY KEY (day, region, agency, item)
);
CREATE TABLE supervision_open (
	kind   TEXT   NOT NULL,
	due    TEXT   NOT NULL,
	region TEXT   NOT NULL,
	agency TEXT   NOT NULL,
	item   TEXT   NOT NULL,
	n      BIGINT NOT NULL,
	PRIMARY KEY (kind, due, region, agency, item)
)
