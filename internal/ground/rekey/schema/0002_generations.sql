-- The generation of each key that makes what is made now: every replica follows it.
CREATE TABLE rekey_generations (
	series     TEXT   PRIMARY KEY,
	generation BIGINT NOT NULL,
	since      BIGINT NOT NULL
);
-- The newest generation that each replica can use, and when it said so.
CREATE TABLE rekey_replicas (
	replica    TEXT   NOT NULL,
	series     TEXT   NOT NULL,
	generation BIGINT NOT NULL,
	at         BIGINT NOT NULL,
	PRIMARY KEY (replica, series)
);
