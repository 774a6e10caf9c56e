-- What people said of the whole city or a county, newest first: by the index of
-- regions all of it was sorted for a page.
CREATE INDEX rating_ratings_newest ON rating_ratings (at, case_id, region) WHERE seq > 0
