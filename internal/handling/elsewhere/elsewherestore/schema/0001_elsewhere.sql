CREATE TABLE elsewhere_parcels (
	id          TEXT     PRIMARY KEY,
	asked       TEXT     NOT NULL UNIQUE,
	here        TEXT     NOT NULL,
	there       TEXT     NOT NULL,
	party       TEXT     NOT NULL,
	case_id     TEXT     NOT NULL,
	state       TEXT     NOT NULL,
	ended       SMALLINT NOT NULL,
	forward_by  TEXT     NOT NULL,
	body        TEXT     NOT NULL,
	application TEXT     NOT NULL,
	certificate TEXT     NOT NULL,
	seq         BIGINT   NOT NULL,
	hash        TEXT     NOT NULL
);
CREATE INDEX elsewhere_parcels_here ON elsewhere_parcels (ended, here, id);
CREATE INDEX elsewhere_parcels_there ON elsewhere_parcels (ended, there, id);
CREATE INDEX elsewhere_parcels_party ON elsewhere_parcels (party, id);
CREATE INDEX elsewhere_parcels_case ON elsewhere_parcels (case_id);
CREATE INDEX elsewhere_parcels_late ON elsewhere_parcels (state, forward_by);
CREATE TABLE elsewhere_partners (
	id      TEXT     PRIMARY KEY,
	name    TEXT     NOT NULL,
	address TEXT     NOT NULL,
	public  TEXT     NOT NULL,
	regions TEXT     NOT NULL,
	resting SMALLINT NOT NULL
);
CREATE TABLE elsewhere_lines (
	partner TEXT   PRIMARY KEY,
	sent    BIGINT NOT NULL,
	kept    BIGINT NOT NULL,
	taken   BIGINT NOT NULL,
	tries   BIGINT NOT NULL,
	due     BIGINT NOT NULL,
	say     TEXT   NOT NULL,
	refused BIGINT NOT NULL,
	last    TEXT   NOT NULL,
	last_at BIGINT NOT NULL
);
CREATE TABLE elsewhere_out (
	partner TEXT   NOT NULL,
	number  BIGINT NOT NULL,
	name    TEXT   NOT NULL,
	kind    TEXT   NOT NULL,
	made    BIGINT NOT NULL,
	body    TEXT   NOT NULL,
	PRIMARY KEY (partner, number),
	UNIQUE (partner, name)
);
CREATE TABLE elsewhere_in (
	partner TEXT   NOT NULL,
	number  BIGINT NOT NULL,
	name    TEXT   NOT NULL,
	kind    TEXT   NOT NULL,
	digest  TEXT   NOT NULL,
	made    BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	state   TEXT   NOT NULL,
	say     TEXT   NOT NULL,
	body    TEXT   NOT NULL,
	PRIMARY KEY (partner, number)
);
CREATE TABLE elsewhere_foreign (
	case_id TEXT PRIMARY KEY,
	partner TEXT NOT NULL,
	parcel  TEXT NOT NULL,
	place   TEXT NOT NULL,
	UNIQUE (partner, parcel)
);
CREATE TABLE elsewhere_settings (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);
