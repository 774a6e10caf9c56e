ALTER TABLE aid_matters ADD COLUMN tail TEXT NOT NULL DEFAULT ''; -- end of the number
ALTER TABLE aid_matters ADD COLUMN case_number TEXT NOT NULL DEFAULT '';
ALTER TABLE aid_matters ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE aid_matters SET tail = upper(substr(id, 4, 6)); -- the others from the body: Store.Fill
CREATE INDEX aid_matters_tail ON aid_matters (tail);
CREATE INDEX aid_matters_case ON aid_matters (case_number);
CREATE INDEX aid_matters_name ON aid_matters (name);
