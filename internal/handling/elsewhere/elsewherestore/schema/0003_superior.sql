ALTER TABLE elsewhere_partners ADD COLUMN superior SMALLINT NOT NULL DEFAULT 0; -- of a level above ours (上级)
UPDATE elsewhere_partners SET superior = 1 -- until there was a mark, every partner's library was held for a superior's
