ALTER TABLE aid_matters ADD COLUMN number TEXT; -- as people read it; empty for matters of before
CREATE UNIQUE INDEX aid_matters_number ON aid_matters (number);
