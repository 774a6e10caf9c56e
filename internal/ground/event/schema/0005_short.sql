-- Short rows that are found by their key stand in it.
CREATE TABLE event_grown_next (
	day    BIGINT NOT NULL,
	stream TEXT   NOT NULL,
	PRIMARY KEY (day, stream)
) WITHOUT ROWID;
INSERT INTO event_grown_next (day, stream) SELECT day, stream FROM event_grown;
DROP TABLE event_grown;
ALTER TABLE event_grown_next RENAME TO event_grown;
CREATE TABLE event_news_next (
	id     TEXT   PRIMARY KEY,
	stream TEXT   NOT NULL,
	seq    BIGINT NOT NULL,
	tries  BIGINT NOT NULL,
	due    BIGINT NOT NULL,
	owed   TEXT   NOT NULL DEFAULT ''
) WITHOUT ROWID;
INSERT INTO event_news_next (id, stream, seq, tries, due, owed) SELECT id, stream, seq, tries, due, owed FROM event_news;
DROP TABLE event_news;
ALTER TABLE event_news_next RENAME TO event_news
