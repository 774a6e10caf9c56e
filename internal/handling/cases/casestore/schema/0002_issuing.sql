ALTER TABLE cases ADD COLUMN issuing SMALLINT NOT NULL DEFAULT 0;
UPDATE cases SET issuing = 1 WHERE state IN ('granted', 'denied') AND id NOT IN (SELECT case_id FROM cases_papers WHERE kind = 'service');
CREATE INDEX cases_issue ON cases (region, id) WHERE issuing = 1;
