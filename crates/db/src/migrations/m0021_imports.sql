ALTER TABLE tickets ADD COLUMN reassignment_count integer NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN external_source text;
ALTER TABLE tickets ADD COLUMN external_reference text;
CREATE INDEX tickets_by_external_reference ON tickets (organization_id, external_reference);
CREATE INDEX tickets_by_category ON tickets (organization_id, category, created_at, id);
ALTER TABLE activities ADD COLUMN import_line_id {uuid};
CREATE TABLE import_records (
  organization_id {uuid} NOT NULL REFERENCES organizations(id), source text NOT NULL, kind text NOT NULL,
  external_id text NOT NULL, record_id {uuid} NOT NULL,
  PRIMARY KEY (organization_id, source, kind, external_id)
);
CREATE TABLE import_tickets (
  ticket_id {uuid} PRIMARY KEY REFERENCES tickets(id), organization_id {uuid} NOT NULL,
  progress {json} NOT NULL, latest_at {instant} NOT NULL, latest_revision bigint NOT NULL,
  created_by_run {uuid} NOT NULL, updated_by_run {uuid}
);
CREATE TABLE import_lines (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, ticket_id {uuid} NOT NULL REFERENCES tickets(id),
  fingerprint {uuid} NOT NULL, at {instant} NOT NULL, revision bigint, actor_id {uuid} REFERENCES users(id),
  UNIQUE (ticket_id, fingerprint)
)
