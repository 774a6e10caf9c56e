CREATE TABLE once_named (
	name   TEXT   PRIMARY KEY, -- stands for the account and the name it gave
	about  TEXT   NOT NULL,    -- stands for what was asked for
	at     BIGINT NOT NULL,
	answer TEXT   NOT NULL     -- sealed; '': none was kept
);
