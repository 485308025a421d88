CREATE TABLE custom_fields (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  kind text NOT NULL, key text NOT NULL, type text NOT NULL, label text NOT NULL, help text NOT NULL,
  is_required {bool} NOT NULL, is_internal {bool} NOT NULL, is_active {bool} NOT NULL,
  default_value {json}, options {json} NOT NULL, position integer NOT NULL, version bigint NOT NULL,
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL, deleted_at {instant},
  UNIQUE (organization_id, kind, key)
);
ALTER TABLE tickets ADD COLUMN custom_fields {json} NOT NULL DEFAULT '{}'
