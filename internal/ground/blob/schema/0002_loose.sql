-- Files that nothing names yet; see loose.go.
CREATE TABLE blob_loose (
	hash   TEXT   PRIMARY KEY,
	token  TEXT   NOT NULL, -- of the upload that began the row
	size   BIGINT NOT NULL,
	begun  BIGINT NOT NULL,
	until  BIGINT NOT NULL, -- it stays at least so long; the last instant there is: something names it
	placed BIGINT NOT NULL, -- when the shelf says that upload put it there; 0: not known to be its doing
	going  BIGINT NOT NULL, -- since when nothing may name it any more; 0: not yet
	gone   BIGINT NOT NULL, -- since when it is removed; 0: not yet
	CONSTRAINT blob_loose_going CHECK (going = 0 OR until <= going)
);
