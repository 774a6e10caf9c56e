-- Automatic decisions that a person still has to look at (抽查、纠错).
CREATE TABLE cases_drawn (
	agency  TEXT NOT NULL,
	case_id TEXT NOT NULL,
	PRIMARY KEY (agency, case_id)
)
