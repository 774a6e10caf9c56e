ALTER TABLE licences_parts ADD COLUMN issuer TEXT NOT NULL DEFAULT ''; -- code of the agency that granted it: stands in the root
UPDATE licences_parts SET issuer = substr(root, 23, 18);
CREATE INDEX licences_parts_issuer ON licences_parts (issuer, licence)
