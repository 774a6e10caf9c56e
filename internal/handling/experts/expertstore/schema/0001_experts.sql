CREATE TABLE experts_register (
	id        TEXT   PRIMARY KEY,
	name      TEXT   NOT NULL,
	region    TEXT   NOT NULL,
	body      TEXT   NOT NULL,
	head_seq  BIGINT NOT NULL,
	head_hash TEXT   NOT NULL
);
CREATE INDEX experts_register_region ON experts_register (region, name, id);
CREATE TABLE experts_reviews (
	id        TEXT     PRIMARY KEY,
	case_id   TEXT     NOT NULL,
	agency    TEXT     NOT NULL,
	ended     SMALLINT NOT NULL,
	open_of   TEXT     NOT NULL UNIQUE,  -- the case while the review is open, then the review: one at a time
	opened    BIGINT   NOT NULL,
	body      TEXT     NOT NULL,
	head_seq  BIGINT   NOT NULL,
	head_hash TEXT     NOT NULL
);
CREATE INDEX experts_reviews_case ON experts_reviews (case_id, opened);
CREATE INDEX experts_reviews_agency ON experts_reviews (agency, ended, opened);
CREATE INDEX experts_reviews_ended ON experts_reviews (ended, id);
-- Who was drawn and answers by an account of their own.
CREATE TABLE experts_drawn (
	account TEXT NOT NULL,
	review  TEXT NOT NULL,
	PRIMARY KEY (account, review)
);
