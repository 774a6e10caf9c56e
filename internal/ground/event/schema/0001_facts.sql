CREATE TABLE event_facts (
	stream TEXT   NOT NULL,
	seq    BIGINT NOT NULL,
	name   TEXT   NOT NULL,
	body   TEXT   NOT NULL,
	at     BIGINT NOT NULL,
	hash   TEXT   NOT NULL,
	PRIMARY KEY (stream, seq)
);
CREATE TABLE event_news (
	id     TEXT   PRIMARY KEY,
	stream TEXT   NOT NULL,
	seq    BIGINT NOT NULL,
	tries  BIGINT NOT NULL,
	due    BIGINT NOT NULL
);
