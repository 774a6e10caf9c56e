-- What somebody may still rate: whoever came often has thousands that they have.
DROP INDEX rating_invites_party;
CREATE INDEX rating_invites_own ON rating_invites (party, closed) WHERE waiting = 1
