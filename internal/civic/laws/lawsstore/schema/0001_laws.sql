CREATE TABLE laws_articles (
	law       TEXT NOT NULL,
	version   TEXT NOT NULL,             -- day the wording was passed; '' unknown
	no        INTEGER NOT NULL,          -- hundredfold of the number; 第十条之一 is 1001
	article   TEXT NOT NULL,
	chapter   TEXT NOT NULL,
	text      TEXT NOT NULL,             -- '' where only the citation is known
	effective TEXT NOT NULL,             -- '' since the version
	abolished TEXT NOT NULL,             -- '' while it has no end
	PRIMARY KEY (law, version, no)
);
CREATE TABLE laws_version (id INTEGER PRIMARY KEY, version BIGINT NOT NULL);
INSERT INTO laws_version (id, version) VALUES (1, 0);
