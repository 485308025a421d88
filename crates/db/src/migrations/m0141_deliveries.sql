CREATE TABLE notification_preferences (
  user_id {uuid} PRIMARY KEY REFERENCES users(id), organization_id {uuid} NOT NULL REFERENCES organizations(id),
  choices {json} NOT NULL, version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE TABLE ticket_mutes (
  ticket_id {uuid} NOT NULL REFERENCES tickets(id), user_id {uuid} NOT NULL REFERENCES users(id),
  organization_id {uuid} NOT NULL, created_at {instant} NOT NULL, PRIMARY KEY (ticket_id, user_id)
);
CREATE INDEX ticket_mutes_by_user ON ticket_mutes (user_id, created_at);
CREATE TABLE deliveries (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  user_id {uuid} NOT NULL REFERENCES users(id), event_id {uuid} NOT NULL, ticket_id {uuid} NOT NULL,
  channel text NOT NULL, reason text NOT NULL, pace text NOT NULL, is_internal {bool} NOT NULL,
  state text NOT NULL, note text, mail_id {uuid}, due_at {instant} NOT NULL,
  created_at {instant} NOT NULL, settled_at {instant}, UNIQUE (event_id, user_id, channel)
);
CREATE INDEX deliveries_due ON deliveries (state, due_at, id);
CREATE INDEX deliveries_by_organization ON deliveries (organization_id, created_at, id);
CREATE INDEX deliveries_by_state ON deliveries (organization_id, state, created_at, id);
CREATE INDEX deliveries_by_user ON deliveries (user_id, state, created_at, id);
CREATE INDEX deliveries_by_mail ON deliveries (mail_id);
ALTER TABLE mails ADD COLUMN thread_id {uuid};
ALTER TABLE mails ADD COLUMN attempts integer NOT NULL DEFAULT 0;
ALTER TABLE mails ADD COLUMN last_error text;
ALTER TABLE mails ADD COLUMN failed_at {instant}
