CREATE TABLE issuance_done (
	case_id    TEXT PRIMARY KEY,
	identifier TEXT NOT NULL
)
