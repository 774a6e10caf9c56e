-- How many ratings of each grade there are, kept with every rating.
CREATE TABLE rating_sums (
	agency TEXT     NOT NULL,
	item   TEXT     NOT NULL,
	region TEXT     NOT NULL,
	grade  SMALLINT NOT NULL,
	n      BIGINT   NOT NULL,
	PRIMARY KEY (agency, item, region, grade)
);
INSERT INTO rating_sums (agency, item, region, grade, n) SELECT agency, item, region, grade, COUNT(*) FROM rating_ratings WHERE seq > 0 AND excluded = 0
	GROUP BY agency, item, region, grade;
-- Invites that nobody has answered: those that were need not be looked at when they run out.
ALTER TABLE rating_invites ADD COLUMN waiting SMALLINT NOT NULL DEFAULT 1;
UPDATE rating_invites SET waiting = 0 WHERE case_id IN (SELECT case_id FROM rating_ratings);
DROP INDEX rating_invites_until;
CREATE INDEX rating_invites_waiting ON rating_invites (until_day) WHERE waiting = 1
