-- Which originals are not at the window: no two slips have the same at one time.
CREATE TABLE relay_away (
	case_id  TEXT NOT NULL,
	material TEXT NOT NULL,
	slip     TEXT NOT NULL,
	PRIMARY KEY (case_id, material)
);
