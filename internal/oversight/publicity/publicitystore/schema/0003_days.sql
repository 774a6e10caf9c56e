-- How much was made public of each day's decisions, kept with every result.
CREATE TABLE publicity_days (
	decided TEXT   PRIMARY KEY,
	granted BIGINT NOT NULL,
	in_time BIGINT NOT NULL
);
INSERT INTO publicity_days (decided, granted, in_time) SELECT decided, COUNT(*), SUM(in_time) FROM publicity_results GROUP BY decided
