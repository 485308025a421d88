CREATE TABLE ticket_undos (
  ticket_id {uuid} PRIMARY KEY REFERENCES tickets(id), organization_id {uuid} NOT NULL,
  actor_id {uuid} NOT NULL REFERENCES users(id), undo {json} NOT NULL, created_at {instant} NOT NULL
)
