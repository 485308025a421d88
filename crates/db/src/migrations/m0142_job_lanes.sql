ALTER TABLE jobs ADD COLUMN lane text NOT NULL DEFAULT 'inside';
UPDATE jobs SET lane = 'outside' WHERE kind = 'mail.send';
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (lane, state, run_at, id);
CREATE INDEX jobs_by_state ON jobs (state, run_at, id)
