ALTER TABLE elsewhere_lines ADD COLUMN ahead BIGINT NOT NULL DEFAULT 0; -- the number that the partner waits for, which is beyond what was written here; 0: it is not
ALTER TABLE elsewhere_lines ADD COLUMN sums_out BIGINT NOT NULL DEFAULT 0; -- sums of what is written begin after this number
ALTER TABLE elsewhere_lines ADD COLUMN sums_in BIGINT NOT NULL DEFAULT 0; -- and of what is taken after this one
ALTER TABLE elsewhere_lines ADD COLUMN continued TEXT NOT NULL DEFAULT ''; -- who had the line go on after a copy was brought back, and why
CREATE INDEX elsewhere_out_bodies ON elsewhere_out (made) WHERE body <> '';
CREATE INDEX elsewhere_in_undone ON elsewhere_in (partner, number) WHERE say <> ''
