CREATE TABLE relay_slips (
	id      TEXT     PRIMARY KEY,
	region  TEXT     NOT NULL,
	agency  TEXT     NOT NULL,
	ended   SMALLINT NOT NULL,
	due     TEXT     NOT NULL,
	body    TEXT     NOT NULL,
	seq     BIGINT   NOT NULL,
	hash    TEXT     NOT NULL
);
CREATE INDEX relay_slips_agency ON relay_slips (agency, ended, due, id);
CREATE INDEX relay_slips_region ON relay_slips (ended, due, region);
-- Where each original is; one that was missing may travel again.
CREATE TABLE relay_pieces (
	case_id  TEXT     NOT NULL,
	slip     TEXT     NOT NULL,
	PRIMARY KEY (case_id, slip)
);
