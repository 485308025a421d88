CREATE TABLE saved_views (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  owner_id {uuid} NOT NULL REFERENCES users(id), scope text NOT NULL, team_id {uuid}, name text NOT NULL,
  filters {json} NOT NULL, sort text, columns {json} NOT NULL, position integer NOT NULL,
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE INDEX saved_views_by_owner ON saved_views (organization_id, owner_id);
CREATE INDEX saved_views_by_scope ON saved_views (organization_id, scope, team_id);
CREATE TABLE default_views (
  user_id {uuid} PRIMARY KEY REFERENCES users(id), organization_id {uuid} NOT NULL, view_id {uuid} NOT NULL
)
