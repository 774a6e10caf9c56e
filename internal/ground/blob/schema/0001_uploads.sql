CREATE TABLE blob_uploads (
	id       TEXT   PRIMARY KEY,
	owner    TEXT   NOT NULL,
	name     TEXT   NOT NULL,
	size     BIGINT NOT NULL,
	received BIGINT NOT NULL,
	pieces   BIGINT NOT NULL,
	hash     TEXT   NOT NULL,
	expires  BIGINT NOT NULL
);
CREATE INDEX blob_uploads_owner ON blob_uploads (owner, expires);
CREATE INDEX blob_uploads_expires ON blob_uploads (expires);
CREATE TABLE blob_pieces (
	upload TEXT   NOT NULL,
	start  BIGINT NOT NULL,
	file   TEXT   NOT NULL,
	PRIMARY KEY (upload, start)
);
