CREATE TABLE certificates_uses (
	identifier TEXT   NOT NULL,
	at         BIGINT NOT NULL,
	id         TEXT   NOT NULL,
	purpose    TEXT   NOT NULL,
	item       TEXT   NOT NULL,
	case_no    TEXT   NOT NULL,
	account    TEXT   NOT NULL,
	name       TEXT   NOT NULL,
	PRIMARY KEY (identifier, at, id)
);
