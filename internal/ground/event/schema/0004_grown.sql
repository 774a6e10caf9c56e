CREATE TABLE event_grown (
	day    BIGINT NOT NULL,  -- by number, on which the stream has grown
	stream TEXT   NOT NULL,
	PRIMARY KEY (day, stream)
);
INSERT INTO event_grown (day, stream) SELECT 0, stream FROM event_unsealed;
DROP TABLE event_unsealed;
