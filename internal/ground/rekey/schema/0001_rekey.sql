CREATE TABLE rekey_columns (
	name       TEXT   PRIMARY KEY, -- table.column
	generation BIGINT NOT NULL,    -- of the field key that the column is being sealed with
	after_key  TEXT   NOT NULL,    -- rows up to this one are done
	rows_done  BIGINT NOT NULL,
	finished   SMALLINT NOT NULL
);
