ALTER TABLE elsewhere_partners ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
ALTER TABLE elsewhere_out ADD COLUMN content TEXT NOT NULL DEFAULT '';
ALTER TABLE elsewhere_in ADD COLUMN content TEXT NOT NULL DEFAULT '';
CREATE TABLE elsewhere_balances (
	partner TEXT   NOT NULL,
	day     TEXT   NOT NULL,
	at      BIGINT NOT NULL,
	body    TEXT   NOT NULL,
	PRIMARY KEY (partner, day)
);
ALTER TABLE elsewhere_parcels ADD COLUMN partner TEXT NOT NULL DEFAULT '';
CREATE INDEX elsewhere_parcels_partner ON elsewhere_parcels (partner, ended, id);
