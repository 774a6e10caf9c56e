ALTER TABLE revisions ADD COLUMN weighed SMALLINT NOT NULL DEFAULT 0; -- 1: the running cases were held against it
