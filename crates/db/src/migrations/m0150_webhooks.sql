CREATE TABLE webhooks (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  name text NOT NULL, url text NOT NULL, events {json} NOT NULL,
  acts_as_id {uuid} NOT NULL REFERENCES users(id), created_by_id {uuid} NOT NULL REFERENCES users(id),
  is_enabled {bool} NOT NULL, disabled_reason text, disabled_at {instant},
  failures integer NOT NULL, failing_since {instant}, last_success_at {instant},
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE INDEX webhooks_by_organization ON webhooks (organization_id, created_at, id);
CREATE TABLE webhook_secrets (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL,
  webhook_id {uuid} NOT NULL REFERENCES webhooks(id) ON DELETE CASCADE,
  sealed text NOT NULL, created_at {instant} NOT NULL, expires_at {instant}
);
CREATE INDEX webhook_secrets_by_webhook ON webhook_secrets (webhook_id, created_at, id);
CREATE TABLE webhook_deliveries (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL,
  webhook_id {uuid} NOT NULL REFERENCES webhooks(id) ON DELETE CASCADE,
  event_id {uuid} NOT NULL, kind text NOT NULL, ticket_id {uuid}, state text NOT NULL, note text,
  attempts integer NOT NULL, tries integer NOT NULL, first_try_at {instant}, due_at {instant} NOT NULL,
  last_status integer, last_error text, created_at {instant} NOT NULL, settled_at {instant},
  UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at, webhook_id, id) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_due_of_webhook ON webhook_deliveries (webhook_id, due_at, id) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, created_at, id);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (webhook_id, state, created_at, id);
CREATE TABLE webhook_attempts (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL,
  delivery_id {uuid} NOT NULL REFERENCES webhook_deliveries(id) ON DELETE CASCADE,
  number integer NOT NULL, at {instant} NOT NULL, url text NOT NULL, request_headers {json} NOT NULL,
  request_body text NOT NULL, status integer, answer_headers {json} NOT NULL, answer_body text NOT NULL,
  error_kind text, error text, took_ms integer NOT NULL, UNIQUE (delivery_id, number)
);
CREATE TABLE event_marks (name text PRIMARY KEY, position text NOT NULL);
ALTER TABLE notifications ADD COLUMN webhook_id {uuid}
