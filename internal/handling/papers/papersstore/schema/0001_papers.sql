CREATE TABLE papers_editions (
	form     TEXT   NOT NULL,
	number   BIGINT NOT NULL,
	words    TEXT   NOT NULL,
	from_day TEXT   NOT NULL,
	why      TEXT   NOT NULL,
	author   TEXT   NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (form, number)
);
