CREATE TABLE items_search (no BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX items_search_words ON items_search USING GIN (words) WITH (fastupdate = off);
