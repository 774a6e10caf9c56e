-- Bad ratings are few, and looked at most.
CREATE INDEX rating_ratings_bad ON rating_ratings (at, case_id) WHERE grade <= 2 AND seq > 0;
CREATE INDEX rating_ratings_open ON rating_ratings (at, case_id) WHERE grade <= 2 AND answered = 0 AND seq > 0
