DROP INDEX jobs_by_organization;
CREATE INDEX jobs_by_organization ON jobs (organization_id, state, run_at, id)
