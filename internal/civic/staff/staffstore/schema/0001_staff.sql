CREATE TABLE staff_posts (
	id TEXT PRIMARY KEY,
	account TEXT NOT NULL,
	name TEXT NOT NULL,
	agency TEXT NOT NULL,
	region TEXT NOT NULL,
	role TEXT NOT NULL,
	title TEXT NOT NULL,
	counter TEXT NOT NULL,
	hall TEXT NOT NULL,
	since TEXT NOT NULL,
	through TEXT NOT NULL
);

CREATE INDEX staff_posts_account ON staff_posts (account);

CREATE INDEX staff_posts_agency ON staff_posts (agency, role);

CREATE TABLE staff_standins (
	id TEXT PRIMARY KEY,
	absent TEXT NOT NULL,
	absent_name TEXT NOT NULL,
	by_account TEXT NOT NULL,
	by_name TEXT NOT NULL,
	since TEXT NOT NULL,
	through TEXT NOT NULL
);

CREATE INDEX staff_standins_by ON staff_standins (by_account, through);

CREATE INDEX staff_standins_absent ON staff_standins (absent, through);
