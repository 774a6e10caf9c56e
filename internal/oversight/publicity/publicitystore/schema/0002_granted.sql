-- Only what was granted is public, so there is nothing to tell apart.
ALTER TABLE publicity_results DROP COLUMN granted;
