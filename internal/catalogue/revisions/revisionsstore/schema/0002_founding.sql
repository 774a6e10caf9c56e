ALTER TABLE revisions ADD COLUMN founds SMALLINT NOT NULL DEFAULT 0; -- 1: of an item that does not exist yet
