-- In the order of their names, as a replaced key is gone through.
CREATE UNIQUE INDEX hearings_signups_id ON hearings_signups (id);
CREATE UNIQUE INDEX hearings_stakes_id ON hearings_stakes (id);
