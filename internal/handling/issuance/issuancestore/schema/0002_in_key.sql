-- Short rows that are found by their key stand in it.
CREATE TABLE issuance_next (
	case_id    TEXT PRIMARY KEY,
	identifier TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO issuance_next (case_id, identifier) SELECT case_id, identifier FROM issuance_done;
DROP TABLE issuance_done;
ALTER TABLE issuance_next RENAME TO issuance_done
