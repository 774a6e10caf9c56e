CREATE TABLE projects_told (
	account TEXT NOT NULL,          -- has yet to say that they know of the latest handover
	project TEXT NOT NULL,
	PRIMARY KEY (account, project)
);
CREATE INDEX projects_told_project ON projects_told (project);
