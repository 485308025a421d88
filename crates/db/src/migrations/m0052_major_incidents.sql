ALTER TABLE tickets ADD COLUMN is_major {bool} NOT NULL DEFAULT false;
ALTER TABLE tickets ADD COLUMN review_state text;
CREATE TABLE major_incidents (
  ticket_id {uuid} PRIMARY KEY REFERENCES tickets(id), organization_id {uuid} NOT NULL REFERENCES organizations(id),
  is_active {bool} NOT NULL, headline text NOT NULL, commander_id {uuid} NOT NULL REFERENCES users(id),
  cadence_minutes integer NOT NULL, declared_by {uuid} NOT NULL REFERENCES users(id), declared_at {instant} NOT NULL,
  next_update_due_at {instant} NOT NULL, overdue_told_at {instant},
  stood_down_by {uuid} REFERENCES users(id), stood_down_at {instant}, stand_down_reason text,
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE INDEX major_incidents_by_declaration ON major_incidents (organization_id, is_active, declared_at, ticket_id);
CREATE INDEX major_incidents_due ON major_incidents (next_update_due_at) WHERE is_active AND overdue_told_at IS NULL;
CREATE TABLE major_updates (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, ticket_id {uuid} NOT NULL REFERENCES major_incidents(ticket_id),
  author_id {uuid} NOT NULL REFERENCES users(id), body text NOT NULL, created_at {instant} NOT NULL
);
CREATE INDEX major_updates_by_incident ON major_updates (ticket_id, created_at, id);
CREATE TABLE major_reviews (
  ticket_id {uuid} PRIMARY KEY REFERENCES major_incidents(ticket_id), organization_id {uuid} NOT NULL,
  outcome text NOT NULL, timeline_notes text NOT NULL, root_cause text NOT NULL, lessons text NOT NULL,
  actions {json} NOT NULL, reviewed_by {uuid} NOT NULL REFERENCES users(id),
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE TABLE desk_settings (
  organization_id {uuid} PRIMARY KEY REFERENCES organizations(id), auto_close_days integer,
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE INDEX tickets_resolved ON tickets (organization_id, resolved_at, id) WHERE status = 'resolved'
