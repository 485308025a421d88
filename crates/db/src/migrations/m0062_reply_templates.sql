CREATE TABLE reply_templates (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  name text NOT NULL, name_key text NOT NULL, body text NOT NULL, team_id {uuid} REFERENCES teams(id) ON DELETE CASCADE,
  kind text, is_active {bool} NOT NULL, version bigint NOT NULL,
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE UNIQUE INDEX reply_templates_by_name ON reply_templates (organization_id, name_key)
