-- Marks in the order in which they were made, without a key: those of one commit
-- stand together, whatever their streams are called. All of them are read, and those
-- of a day are removed, once a day. Two marks of a stream are as good as one.
CREATE TABLE event_grown_next (
	day    BIGINT NOT NULL,  -- by number, on which the stream has grown
	stream TEXT   NOT NULL
);
INSERT INTO event_grown_next (day, stream) SELECT day, stream FROM event_grown;
DROP TABLE event_grown;
ALTER TABLE event_grown_next RENAME TO event_grown
