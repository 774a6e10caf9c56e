CREATE TABLE calendar_years (
	id      TEXT   PRIMARY KEY,
	year    BIGINT NOT NULL,
	body    TEXT   NOT NULL,
	by_name TEXT   NOT NULL,
	at      BIGINT NOT NULL
);
CREATE TABLE calendar_reckoned (
	one  SMALLINT PRIMARY KEY CHECK (one = 1),
	upto TEXT     NOT NULL
)
