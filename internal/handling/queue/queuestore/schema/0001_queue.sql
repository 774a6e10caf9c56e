CREATE TABLE queue_tickets (
	id       TEXT     PRIMARY KEY,
	hall     TEXT     NOT NULL,
	day      TEXT     NOT NULL,
	line     TEXT     NOT NULL,
	letter   TEXT     NOT NULL,
	seq      INTEGER  NOT NULL,
	purpose  TEXT     NOT NULL,
	item     TEXT     NOT NULL,
	party    TEXT     NOT NULL,
	name     TEXT     NOT NULL,
	priority TEXT     NOT NULL,
	booking  TEXT     NOT NULL,
	channel  TEXT     NOT NULL,
	taken    BIGINT   NOT NULL,
	place    BIGINT   NOT NULL,
	state    TEXT     NOT NULL,
	counter  TEXT     NOT NULL,
	clerk    TEXT     NOT NULL,
	calls    INTEGER  NOT NULL,
	called   BIGINT   NOT NULL,
	begun    BIGINT   NOT NULL,
	ended    BIGINT   NOT NULL,
	version  INTEGER  NOT NULL,
	hash     TEXT     NOT NULL
);
CREATE UNIQUE INDEX queue_tickets_number ON queue_tickets (hall, day, line, seq);
CREATE INDEX queue_tickets_party ON queue_tickets (party, day);
CREATE TABLE queue_bookings (
	id        TEXT    PRIMARY KEY,
	hall      TEXT    NOT NULL,
	hall_name TEXT    NOT NULL,
	line      TEXT    NOT NULL,
	day       TEXT    NOT NULL,
	slot      INTEGER NOT NULL,
	seat      INTEGER NOT NULL,
	party     TEXT    NOT NULL,
	name      TEXT    NOT NULL,
	purpose   TEXT    NOT NULL,
	item      TEXT    NOT NULL,
	state     TEXT    NOT NULL,
	made      BIGINT  NOT NULL,
	version   INTEGER NOT NULL
);
CREATE INDEX queue_bookings_party ON queue_bookings (party, day);
CREATE TABLE queue_seats (
	hall    TEXT    NOT NULL,
	line    TEXT    NOT NULL,
	day     TEXT    NOT NULL,
	slot    INTEGER NOT NULL,
	seat    INTEGER NOT NULL,
	booking TEXT    NOT NULL,
	PRIMARY KEY (hall, line, day, slot, seat)
);
