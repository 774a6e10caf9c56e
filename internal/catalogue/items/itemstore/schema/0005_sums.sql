-- The reduction ledger added up, so that no page adds up every item anew: one row
-- for the items of a division and an agency that have the same days. A row holds
-- for comparisons with a day from since on and before until; every item is in
-- exactly one row for each day. topic is '' in the rows of all items.
CREATE TABLE items_sums (
	topic         TEXT NOT NULL,
	region        TEXT NOT NULL,
	agency        TEXT NOT NULL,
	state         TEXT NOT NULL,
	effective     TEXT NOT NULL,         -- of the edition that is current
	retired       TEXT NOT NULL,
	begun         TEXT NOT NULL,         -- effective of the first edition
	since         TEXT NOT NULL,         -- '' for the first edition: it is compared with where no day is given
	until         TEXT NOT NULL,
	agency_name   TEXT NOT NULL,
	items         BIGINT NOT NULL,
	was_materials BIGINT NOT NULL,
	was_steps     BIGINT NOT NULL,
	was_statutory BIGINT NOT NULL,
	was_days      BIGINT NOT NULL,
	was_visits    BIGINT NOT NULL,
	was_fees      BIGINT NOT NULL,
	now_materials BIGINT NOT NULL,
	now_steps     BIGINT NOT NULL,
	now_statutory BIGINT NOT NULL,
	now_days      BIGINT NOT NULL,
	now_visits    BIGINT NOT NULL,
	now_fees      BIGINT NOT NULL,
	PRIMARY KEY (topic, region, agency, state, effective, retired, begun, since, until)
);
CREATE INDEX items_sums_place ON items_sums (region, agency);
CREATE INDEX items_place ON items (region, agency);
CREATE TABLE items_sums_turns (              -- of two who publish in one place at once, the second adds up after the first
	region TEXT NOT NULL,
	agency TEXT NOT NULL,
	turns  BIGINT NOT NULL,
	PRIMARY KEY (region, agency)
);
INSERT INTO items_sums SELECT c.topic, c.region, c.agency, c.state, c.effective, c.retired, c.begun, c.since, c.until, MIN(c.agency_name), COUNT(*),
	SUM(c.a1), SUM(c.a2), SUM(c.a3), SUM(c.a4), SUM(c.a5), SUM(c.a6), SUM(c.b1), SUM(c.b2), SUM(c.b3), SUM(c.b4), SUM(c.b5), SUM(c.b6)
FROM (SELECT t.topic, i.region, i.agency, i.state, i.effective, i.retired, i.agency_name, one.effective AS begun,
		CASE WHEN was.number = 1 THEN '' WHEN was.effective = '' THEN '0' ELSE was.effective END AS since,
		COALESCE((SELECT MIN(CASE WHEN l.effective = '' THEN '0' ELSE l.effective END) FROM items_burdens l
			WHERE l.item = i.id AND l.number > was.number AND l.number <= i.number), '9999') AS until,
		was.materials AS a1, was.steps AS a2, was.statutory AS a3, was.days AS a4, was.visits AS a5, was.fees AS a6,
		now.materials AS b1, now.steps AS b2, now.statutory AS b3, now.days AS b4, now.visits AS b5, now.fees AS b6
	FROM items i JOIN (SELECT '' AS topic, id AS item FROM items UNION ALL SELECT topic, item FROM items_topics) t ON t.item = i.id
	JOIN items_burdens now ON now.item = i.id AND now.number = i.number
	JOIN items_burdens one ON one.item = i.id AND one.number = 1
	JOIN items_burdens was ON was.item = i.id AND was.number <= i.number
	WHERE i.state <> '草稿') c
WHERE c.since < c.until
GROUP BY c.topic, c.region, c.agency, c.state, c.effective, c.retired, c.begun, c.since, c.until;
