CREATE TABLE companies_companies (
	id      TEXT PRIMARY KEY,
	code    TEXT NOT NULL UNIQUE,
	party   TEXT NOT NULL UNIQUE,
	region  TEXT NOT NULL,            -- of the registrar
	state   TEXT NOT NULL CHECK (state IN ('running', 'resting', 'closing', 'struck', 'gone')),
	public  SMALLINT NOT NULL,        -- rests, or announced its end
	wake    TEXT NOT NULL,            -- day on which something comes by itself; '' none
	watch   TEXT NOT NULL,            -- day from which the registrar looks at it; '' none
	changed BIGINT NOT NULL,
	body    TEXT NOT NULL,            -- JSON of the company
	seq     BIGINT NOT NULL,          -- last fact of stream company/<id>
	hash    TEXT NOT NULL
);
CREATE INDEX companies_companies_changed ON companies_companies (changed, id);
CREATE INDEX companies_companies_wake ON companies_companies (wake) WHERE wake <> '';
CREATE INDEX companies_companies_public ON companies_companies (public, changed, id);
CREATE TABLE companies_serials (
	name TEXT PRIMARY KEY,
	last BIGINT NOT NULL
)
