-- What became of a decision afterwards: 撤销, 撤回, 吊销, 注销; '' it stands.
ALTER TABLE publicity_results ADD COLUMN undone TEXT NOT NULL DEFAULT '';
ALTER TABLE publicity_results ADD COLUMN undone_on TEXT NOT NULL DEFAULT '';
