CREATE TABLE announcements (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  title text NOT NULL, body text NOT NULL, severity text NOT NULL, audience text NOT NULL,
  starts_at {instant} NOT NULL, ends_at {instant}, author_id {uuid} NOT NULL REFERENCES users(id),
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE INDEX announcements_by_start ON announcements (organization_id, starts_at, id)
