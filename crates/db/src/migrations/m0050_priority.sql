CREATE TABLE priority_matrices (
  organization_id {uuid} PRIMARY KEY REFERENCES organizations(id), cells {json} NOT NULL,
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
ALTER TABLE tickets ADD COLUMN priority_reason text
