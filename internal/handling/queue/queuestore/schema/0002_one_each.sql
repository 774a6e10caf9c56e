-- A window calls one at a time; tickets of before, and of programs of before, are not held to it.
ALTER TABLE queue_tickets ADD COLUMN alone SMALLINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX queue_tickets_called ON queue_tickets (hall, day, counter) WHERE alone = 1 AND state IN ('called', 'serving');
