ALTER TABLE roles ADD COLUMN default_permissions {json} NOT NULL DEFAULT '[]';
CREATE TABLE api_tokens (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, user_id {uuid} NOT NULL REFERENCES users(id),
  name text NOT NULL, token_hash text NOT NULL UNIQUE, hint text NOT NULL, permissions {json} NOT NULL,
  created_at {instant} NOT NULL, expires_at {instant} NOT NULL, last_used_at {instant}, revoked_at {instant}
);
CREATE INDEX api_tokens_by_user ON api_tokens (user_id, created_at, id)
