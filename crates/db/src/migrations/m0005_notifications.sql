CREATE TABLE notifications (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  user_id {uuid} NOT NULL REFERENCES users(id), event_id {uuid} NOT NULL,
  reason text NOT NULL, ticket_id {uuid} NOT NULL, number text NOT NULL, title text NOT NULL,
  actor_id {uuid} REFERENCES users(id), created_at {instant} NOT NULL, read_at {instant},
  UNIQUE (user_id, event_id)
);
CREATE INDEX notifications_by_user ON notifications (user_id, created_at, id);
CREATE INDEX notifications_unread ON notifications (user_id, read_at, created_at)
