CREATE TABLE staff_deputations (
	id TEXT PRIMARY KEY,
	account TEXT NOT NULL,
	holder TEXT NOT NULL,
	agency TEXT NOT NULL,
	item TEXT NOT NULL,
	name TEXT NOT NULL,
	by_account TEXT NOT NULL,
	giver TEXT NOT NULL,
	since TEXT NOT NULL,
	through TEXT NOT NULL
);

CREATE INDEX staff_deputations_account ON staff_deputations (account, through);

CREATE INDEX staff_deputations_agency ON staff_deputations (agency, through);
