-- How far an account has read what happened to something: all up to its
-- upto-th fact. A mark never goes back.
CREATE TABLE marks_read (
	account TEXT   NOT NULL,
	about   TEXT   NOT NULL,
	upto    BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (account, about)
);
