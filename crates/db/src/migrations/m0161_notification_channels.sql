CREATE TABLE notification_channels (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id), kind text NOT NULL,
  name text NOT NULL, team_id {uuid} REFERENCES teams(id), topics {json} NOT NULL, settings text NOT NULL,
  is_active {bool} NOT NULL, version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL,
  deleted_at {instant}
);
CREATE INDEX notification_channels_by_organization ON notification_channels (organization_id, name, id);
CREATE INDEX notification_channels_by_team ON notification_channels (team_id);
CREATE TABLE channel_messages (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  channel_id {uuid} NOT NULL REFERENCES notification_channels(id), recipient text, body text NOT NULL,
  attempts integer NOT NULL, last_answer text, created_at {instant} NOT NULL, sent_at {instant}, failed_at {instant}
);
CREATE INDEX channel_messages_by_organization ON channel_messages (organization_id, created_at, id);
CREATE TABLE deliveries_of_all (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  user_id {uuid} REFERENCES users(id), channel_id {uuid} REFERENCES notification_channels(id),
  event_id {uuid} NOT NULL, ticket_id {uuid} NOT NULL,
  channel text NOT NULL, reason text NOT NULL, pace text NOT NULL, is_internal {bool} NOT NULL,
  state text NOT NULL, note text, mail_id {uuid}, message_id {uuid}, due_at {instant} NOT NULL,
  created_at {instant} NOT NULL, settled_at {instant}, UNIQUE (event_id, user_id, channel)
);
INSERT INTO deliveries_of_all (id, organization_id, user_id, event_id, ticket_id, channel, reason, pace, is_internal,
  state, note, mail_id, due_at, created_at, settled_at)
SELECT id, organization_id, user_id, event_id, ticket_id, channel, reason, pace, is_internal, state, note, mail_id,
  due_at, created_at, settled_at FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_of_all RENAME TO deliveries;
CREATE UNIQUE INDEX deliveries_of_channels ON deliveries (event_id, channel_id) WHERE user_id IS NULL;
CREATE INDEX deliveries_due ON deliveries (state, due_at, id);
CREATE INDEX deliveries_by_organization ON deliveries (organization_id, created_at, id);
CREATE INDEX deliveries_by_state ON deliveries (organization_id, state, created_at, id);
CREATE INDEX deliveries_by_user ON deliveries (user_id, state, created_at, id);
CREATE INDEX deliveries_by_mail ON deliveries (mail_id);
CREATE INDEX deliveries_by_message ON deliveries (message_id);
CREATE INDEX deliveries_by_ticket ON deliveries (ticket_id, created_at, id);
CREATE INDEX deliveries_by_person ON deliveries (user_id, created_at, id)
