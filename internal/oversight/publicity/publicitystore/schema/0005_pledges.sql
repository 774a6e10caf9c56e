-- Pledges on which something was granted, public until a day.
CREATE TABLE publicity_pledges (
	case_id     TEXT PRIMARY KEY,
	item        TEXT NOT NULL,
	item_name   TEXT NOT NULL,
	agency      TEXT NOT NULL,
	agency_name TEXT NOT NULL,
	name        TEXT NOT NULL,  -- as shown: a person's is masked
	what        TEXT NOT NULL,
	decided     TEXT NOT NULL,
	until       TEXT NOT NULL,
	found       TEXT NOT NULL
);
CREATE INDEX publicity_pledges_decided ON publicity_pledges (decided, case_id);
CREATE INDEX publicity_pledges_agency ON publicity_pledges (agency, decided, case_id);
CREATE INDEX publicity_pledges_name ON publicity_pledges (name, decided, case_id);
