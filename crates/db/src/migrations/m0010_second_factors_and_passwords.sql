ALTER TABLE users ADD COLUMN mfa_enabled {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN is_verified {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN password_changed_at {instant};
ALTER TABLE roles ADD COLUMN requires_mfa {bool} NOT NULL DEFAULT FALSE;
CREATE TABLE mfa_factors (
  user_id {uuid} PRIMARY KEY REFERENCES users(id), organization_id {uuid} NOT NULL,
  secret text NOT NULL, last_step bigint, confirmed_at {instant}, created_at {instant} NOT NULL
);
CREATE TABLE mfa_recovery_codes (
  user_id {uuid} NOT NULL REFERENCES users(id), code_hash text NOT NULL, organization_id {uuid} NOT NULL,
  used_at {instant}, PRIMARY KEY (user_id, code_hash)
);
CREATE TABLE password_history (
  user_id {uuid} NOT NULL REFERENCES users(id), changed_at {instant} NOT NULL, organization_id {uuid} NOT NULL,
  password_hash text NOT NULL, PRIMARY KEY (user_id, changed_at)
);
INSERT INTO password_history (user_id, changed_at, organization_id, password_hash)
  SELECT id, created_at, organization_id, password_hash FROM users WHERE password_hash IS NOT NULL;
CREATE TABLE password_links (
  token_hash text PRIMARY KEY, organization_id {uuid} NOT NULL, user_id {uuid} NOT NULL REFERENCES users(id),
  purpose text NOT NULL, created_at {instant} NOT NULL, expires_at {instant} NOT NULL, used_at {instant}
);
CREATE INDEX password_links_by_user ON password_links (user_id, created_at);
CREATE TABLE sign_in_failures (
  bucket int PRIMARY KEY, failures bigint NOT NULL, last_at {instant} NOT NULL
)
