CREATE TABLE ticket_presence (
  ticket_id {uuid} NOT NULL REFERENCES tickets(id), user_id {uuid} NOT NULL REFERENCES users(id),
  organization_id {uuid} NOT NULL, activity text NOT NULL, seen_at {instant} NOT NULL,
  PRIMARY KEY (ticket_id, user_id)
);
CREATE INDEX ticket_presence_by_time ON ticket_presence (seen_at)
