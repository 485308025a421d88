CREATE INDEX tickets_open_by_assignee ON tickets (assignee_id, id)
  WHERE status NOT IN ('resolved', 'closed', 'cancelled', 'rejected');
CREATE TABLE assignment_turns (
  team_id {uuid} PRIMARY KEY REFERENCES teams(id), organization_id {uuid} NOT NULL, last_user_id {uuid}
);
ALTER TABLE tickets ADD COLUMN escalation_level integer NOT NULL DEFAULT 0;
CREATE TABLE escalations (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, ticket_id {uuid} NOT NULL REFERENCES tickets(id),
  level integer NOT NULL, cause text NOT NULL, reason text NOT NULL, actor_id {uuid} REFERENCES users(id),
  at {instant} NOT NULL
);
CREATE INDEX escalations_by_ticket ON escalations (ticket_id, at, id);
CREATE UNIQUE INDEX escalations_once ON escalations (ticket_id, cause, level) WHERE cause <> 'manual'
