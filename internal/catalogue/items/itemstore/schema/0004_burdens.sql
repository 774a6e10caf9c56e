CREATE TABLE items_burdens (                -- the counts of the reduction ledger, one row for each edition
	item      TEXT NOT NULL,
	number    INTEGER NOT NULL,
	effective TEXT NOT NULL,
	materials INTEGER NOT NULL,
	steps     INTEGER NOT NULL,
	statutory INTEGER NOT NULL,             -- calendar days; 0 none
	days      INTEGER NOT NULL,             -- of the binding limit
	visits    INTEGER NOT NULL,
	fees      INTEGER NOT NULL,
	PRIMARY KEY (item, number)
);
