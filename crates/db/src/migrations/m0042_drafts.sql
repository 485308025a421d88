CREATE TABLE drafts (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  user_id {uuid} NOT NULL REFERENCES users(id), context text NOT NULL, content {json} NOT NULL,
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL,
  UNIQUE (user_id, context)
);
CREATE INDEX drafts_by_age ON drafts (updated_at)
