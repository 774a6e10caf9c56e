-- A case changes ten times and its lists by it seldom: with room for its next
-- version on its page no index needs to be written for the other times.
ALTER TABLE cases SET (fillfactor = 50)
