-- Short rows that are found by their key stand in it.
CREATE TABLE certificates_marks_next (
	mark       TEXT NOT NULL,
	identifier TEXT NOT NULL,
	PRIMARY KEY (mark, identifier)
) WITHOUT ROWID;
INSERT INTO certificates_marks_next (mark, identifier) SELECT mark, identifier FROM certificates_marks;
DROP TABLE certificates_marks;
ALTER TABLE certificates_marks_next RENAME TO certificates_marks
