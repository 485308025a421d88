CREATE TABLE jobs (
  id {uuid} PRIMARY KEY, organization_id {uuid} REFERENCES organizations(id),
  kind text NOT NULL, payload {json} NOT NULL, state text NOT NULL,
  run_at {instant} NOT NULL, attempts integer NOT NULL, locked_by text,
  dedupe_key text UNIQUE, last_error text, created_at {instant} NOT NULL
);
CREATE INDEX jobs_due ON jobs (state, run_at, id);
CREATE INDEX jobs_by_organization ON jobs (organization_id, state, created_at, id);
CREATE TABLE ticks (
  name text PRIMARY KEY, next_at {instant} NOT NULL
)
