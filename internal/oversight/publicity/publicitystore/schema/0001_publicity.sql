CREATE TABLE publicity_results (
	case_id     TEXT     PRIMARY KEY,
	item        TEXT     NOT NULL,
	item_name   TEXT     NOT NULL,
	type        TEXT     NOT NULL,
	agency      TEXT     NOT NULL,
	agency_name TEXT     NOT NULL,
	region      TEXT     NOT NULL,
	name        TEXT     NOT NULL,  -- as shown: a person's is masked
	granted     SMALLINT NOT NULL,
	in_time     SMALLINT NOT NULL,
	decided     TEXT     NOT NULL,
	shown       TEXT     NOT NULL
);
CREATE INDEX publicity_results_decided ON publicity_results (decided, case_id);
CREATE INDEX publicity_results_agency ON publicity_results (agency, decided, case_id);
CREATE INDEX publicity_results_item ON publicity_results (item, decided, case_id);
CREATE INDEX publicity_results_name ON publicity_results (name, decided, case_id);
