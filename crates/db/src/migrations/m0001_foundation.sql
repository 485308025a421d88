CREATE TABLE organizations (
  id {uuid} PRIMARY KEY, name text NOT NULL, domain text NOT NULL UNIQUE, is_active {bool} NOT NULL,
  time_zone text NOT NULL, locale text NOT NULL, version bigint NOT NULL,
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE TABLE users (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  username text NOT NULL, email text NOT NULL UNIQUE, first_name text NOT NULL, last_name text NOT NULL,
  password_hash text, is_active {bool} NOT NULL, is_operator {bool} NOT NULL,
  failed_login_attempts integer NOT NULL, locked_until {instant}, last_login_at {instant},
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL, deleted_at {instant},
  UNIQUE (organization_id, username)
);
CREATE INDEX users_by_name ON users (organization_id, last_name, first_name, id);
CREATE INDEX users_by_username ON users (username);
CREATE TABLE roles (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  name text NOT NULL, description text NOT NULL, permissions {json} NOT NULL, is_system {bool} NOT NULL,
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL,
  UNIQUE (organization_id, name)
);
CREATE TABLE user_roles (
  user_id {uuid} NOT NULL REFERENCES users(id), role_id {uuid} NOT NULL REFERENCES roles(id),
  organization_id {uuid} NOT NULL, PRIMARY KEY (user_id, role_id)
);
CREATE TABLE teams (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  name text NOT NULL, description text NOT NULL, version bigint NOT NULL,
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL, UNIQUE (organization_id, name)
);
CREATE TABLE team_members (
  team_id {uuid} NOT NULL REFERENCES teams(id), user_id {uuid} NOT NULL REFERENCES users(id),
  organization_id {uuid} NOT NULL, role text NOT NULL, PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_by_user ON team_members (user_id);
CREATE TABLE sessions (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, user_id {uuid} NOT NULL REFERENCES users(id),
  user_agent text NOT NULL, created_at {instant} NOT NULL, last_used_at {instant} NOT NULL,
  expires_at {instant} NOT NULL, revoked_at {instant}
);
CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE TABLE refresh_tokens (
  token_hash text PRIMARY KEY, session_id {uuid} NOT NULL REFERENCES sessions(id),
  expires_at {instant} NOT NULL, used_at {instant}
);
CREATE TABLE number_sequences (
  organization_id {uuid} NOT NULL, kind text NOT NULL, last_number bigint NOT NULL,
  PRIMARY KEY (organization_id, kind)
);
CREATE TABLE tickets (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  kind text NOT NULL, number text NOT NULL, title text NOT NULL, description text NOT NULL,
  status text NOT NULL, priority text NOT NULL, impact text NOT NULL, urgency text NOT NULL,
  requester_id {uuid} NOT NULL REFERENCES users(id), requested_for_id {uuid} REFERENCES users(id),
  assignee_id {uuid} REFERENCES users(id), team_id {uuid} REFERENCES teams(id),
  category text, subcategory text, tags {json} NOT NULL, source text NOT NULL,
  hold_reason text, resolution_code text, resolution_note text, reopened_count integer NOT NULL,
  first_response_at {instant}, resolved_at {instant}, closed_at {instant},
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL,
  UNIQUE (organization_id, number)
);
CREATE INDEX tickets_by_creation ON tickets (organization_id, created_at, id);
CREATE INDEX tickets_by_status ON tickets (organization_id, status, created_at, id);
CREATE INDEX tickets_by_assignee ON tickets (organization_id, assignee_id, created_at, id);
CREATE INDEX tickets_by_requester ON tickets (organization_id, requester_id, created_at, id);
CREATE INDEX tickets_by_team ON tickets (organization_id, team_id, created_at, id);
CREATE TABLE ticket_watchers (
  ticket_id {uuid} NOT NULL REFERENCES tickets(id), user_id {uuid} NOT NULL REFERENCES users(id),
  organization_id {uuid} NOT NULL, PRIMARY KEY (ticket_id, user_id)
);
CREATE TABLE comments (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, ticket_id {uuid} NOT NULL REFERENCES tickets(id),
  author_id {uuid} NOT NULL REFERENCES users(id), visibility text NOT NULL, body text NOT NULL,
  created_at {instant} NOT NULL
);
CREATE INDEX comments_by_ticket ON comments (ticket_id, created_at, id);
CREATE TABLE activities (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, ticket_id {uuid} NOT NULL REFERENCES tickets(id),
  actor_id {uuid} REFERENCES users(id), at {instant} NOT NULL, field text NOT NULL, old_value text, new_value text
);
CREATE INDEX activities_by_ticket ON activities (ticket_id, at, id);
CREATE TABLE events (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, name text NOT NULL, version integer NOT NULL,
  aggregate_id {uuid} NOT NULL, actor_id {uuid}, at {instant} NOT NULL, payload {json} NOT NULL
);
CREATE INDEX events_by_aggregate ON events (aggregate_id, id)
