-- SQLite packs its pages by itself. The step stands here all the same, so that a copy
-- made on the other database is brought back on this one.
SELECT 1
