CREATE TABLE themes_shelf (
	library TEXT    NOT NULL, -- installation it came from
	theme   TEXT    NOT NULL,
	number  INTEGER NOT NULL,
	name    TEXT    NOT NULL,
	body    TEXT    NOT NULL, -- JSON of the shared theme
	at      BIGINT  NOT NULL,
	PRIMARY KEY (library, theme, number)
);
