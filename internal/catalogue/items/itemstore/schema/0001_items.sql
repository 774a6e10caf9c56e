CREATE TABLE items (
	id          TEXT PRIMARY KEY,
	no          BIGINT NOT NULL UNIQUE,  -- number of its row in items_search
	number      INTEGER NOT NULL,        -- edition that is current
	last        INTEGER NOT NULL,        -- highest edition published, current or waiting
	name        TEXT NOT NULL,
	sort        TEXT NOT NULL,           -- name in pinyin, for lists in order
	aliases     TEXT NOT NULL,           -- synonyms and former names, one a line
	type        TEXT NOT NULL,
	level       TEXT NOT NULL,
	region      TEXT NOT NULL,
	agency      TEXT NOT NULL,
	agency_name TEXT NOT NULL,
	catalogue   TEXT NOT NULL,
	kind        TEXT NOT NULL,
	days        TEXT NOT NULL,           -- binding limit as people read it
	visits      INTEGER NOT NULL,
	online      SMALLINT NOT NULL,       -- from end to end
	filing      SMALLINT NOT NULL,
	person      SMALLINT NOT NULL,
	firm        SMALLINT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('草稿', '在用', '暂停', '取消')),
	effective   TEXT NOT NULL,
	retired     TEXT NOT NULL,           -- '' while it has no end
	head_seq    BIGINT NOT NULL,         -- last fact of stream item:<id>
	head_hash   TEXT NOT NULL
);
CREATE INDEX items_sort ON items (sort, id);
CREATE INDEX items_agency ON items (agency, sort, id);
CREATE INDEX items_type ON items (type, sort, id);
CREATE INDEX items_region ON items (region, sort, id);
CREATE INDEX items_catalogue ON items (catalogue);
CREATE TABLE items_editions (
	item      TEXT NOT NULL,
	number    INTEGER NOT NULL,
	catalogue TEXT NOT NULL,
	name      TEXT NOT NULL,
	effective TEXT NOT NULL,
	waiting   SMALLINT NOT NULL,         -- published for a later day
	digest    TEXT NOT NULL,             -- of body, to tell a second import from a new edition
	body      TEXT NOT NULL,             -- JSON of the edition
	published BIGINT NOT NULL,
	by_name   TEXT NOT NULL,
	PRIMARY KEY (item, number)
);
CREATE INDEX items_editions_waiting ON items_editions (waiting, effective);
CREATE TABLE items_topics (
	topic TEXT NOT NULL,                 -- person:040, firm:010, life:出生
	sort  TEXT NOT NULL,
	item  TEXT NOT NULL,
	PRIMARY KEY (topic, sort, item)
);
CREATE INDEX items_topics_item ON items_topics (item);
