CREATE TABLE notification_templates (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  matter text NOT NULL, medium text NOT NULL, language text NOT NULL, version bigint NOT NULL,
  is_reset {bool} NOT NULL, subject text NOT NULL, body_text text NOT NULL, body_html text NOT NULL,
  created_by {uuid} REFERENCES users(id), created_at {instant} NOT NULL,
  UNIQUE (organization_id, matter, medium, language, version)
);
ALTER TABLE mails ADD COLUMN body_html text;
CREATE INDEX deliveries_by_ticket ON deliveries (ticket_id, created_at, id);
CREATE INDEX deliveries_by_person ON deliveries (user_id, created_at, id)
