-- Ratings counted, each in a row of its own, until they are folded into the sums.
CREATE TABLE rating_counted (
	id     TEXT     PRIMARY KEY,
	agency TEXT     NOT NULL,
	item   TEXT     NOT NULL,
	region TEXT     NOT NULL,
	grade  SMALLINT NOT NULL,
	n      BIGINT   NOT NULL
) WITHOUT ROWID
