ALTER TABLE relay_slips ADD COLUMN number TEXT; -- as people read it; empty for slips of before
CREATE UNIQUE INDEX relay_slips_number ON relay_slips (number);
