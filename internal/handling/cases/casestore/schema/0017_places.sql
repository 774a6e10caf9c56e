-- Who competes for a limited number of permits, in the order of acceptance, and who
-- holds which place of it: of two who take the last place at once one fails.
CREATE TABLE cases_places (
	case_id TEXT   PRIMARY KEY,
	pool    TEXT   NOT NULL,  -- the item, and the period and area whose number it is
	since   BIGINT NOT NULL,  -- accepted
	number  TEXT   NOT NULL,
	no      BIGINT NOT NULL   -- 0: not decided
);
CREATE UNIQUE INDEX cases_places_taken ON cases_places (pool, no) WHERE no > 0;
CREATE INDEX cases_places_order ON cases_places (pool, since, number) WHERE no = 0
