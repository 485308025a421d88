CREATE TABLE idempotency_keys (
  user_id {uuid} NOT NULL, idempotency_key text NOT NULL, organization_id {uuid} NOT NULL,
  fingerprint text NOT NULL, answer text, created_at {instant} NOT NULL, expires_at {instant} NOT NULL,
  PRIMARY KEY (user_id, idempotency_key)
);
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at)
