CREATE TABLE rating_invites (
	case_id   TEXT   PRIMARY KEY,
	number    TEXT   NOT NULL,
	party     TEXT   NOT NULL,
	name      TEXT   NOT NULL,
	item      TEXT   NOT NULL,
	item_name TEXT   NOT NULL,
	agency    TEXT   NOT NULL,
	region    TEXT   NOT NULL,
	closed    BIGINT NOT NULL,
	until_day TEXT   NOT NULL
);
CREATE INDEX rating_invites_party ON rating_invites (party, closed);
CREATE INDEX rating_invites_until ON rating_invites (until_day);
CREATE TABLE rating_ratings (
	case_id   TEXT     NOT NULL,
	seq       SMALLINT NOT NULL CHECK (seq IN (0, 1, 2)),
	item      TEXT     NOT NULL,
	item_name TEXT     NOT NULL,
	agency    TEXT     NOT NULL,
	region    TEXT     NOT NULL,
	name      TEXT     NOT NULL,
	grade     SMALLINT NOT NULL CHECK (grade BETWEEN 1 AND 5),
	tags      TEXT     NOT NULL,
	version   TEXT     NOT NULL,
	say       TEXT     NOT NULL,
	anonymous SMALLINT NOT NULL,
	channel   TEXT     NOT NULL,
	at        BIGINT   NOT NULL,
	contact   TEXT     NOT NULL,
	rectify   TEXT     NOT NULL,
	answer    TEXT     NOT NULL,
	answered  BIGINT   NOT NULL,
	PRIMARY KEY (case_id, seq)
);
CREATE INDEX rating_ratings_agency ON rating_ratings (agency, at, case_id);
CREATE INDEX rating_ratings_item ON rating_ratings (item, at, case_id);
CREATE INDEX rating_ratings_region ON rating_ratings (region, at, case_id);
