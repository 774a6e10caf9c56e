CREATE TABLE event_unsealed (
	stream TEXT   PRIMARY KEY,
	seq    BIGINT NOT NULL   -- last fact that no daily root covers yet
);
INSERT INTO event_unsealed (stream, seq) SELECT stream, MAX(seq) FROM event_facts GROUP BY stream;
