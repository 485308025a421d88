CREATE TABLE mails (
  id {uuid} PRIMARY KEY, organization_id {uuid}, recipient text NOT NULL, subject text NOT NULL,
  body text NOT NULL, created_at {instant} NOT NULL, sent_at {instant}
);
CREATE INDEX mails_by_organization ON mails (organization_id, created_at, id);
CREATE TABLE departments (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id), name text NOT NULL,
  parent_id {uuid} REFERENCES departments(id), manager_id {uuid} REFERENCES users(id),
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL, UNIQUE (organization_id, name)
);
CREATE INDEX departments_by_parent ON departments (parent_id);
CREATE TABLE sites (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id), name text NOT NULL,
  address text NOT NULL, time_zone text,
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL, UNIQUE (organization_id, name)
);
ALTER TABLE organizations ADD COLUMN access_epoch bigint NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN phone text;
ALTER TABLE users ADD COLUMN time_zone text;
ALTER TABLE users ADD COLUMN locale text;
ALTER TABLE users ADD COLUMN manager_id {uuid} REFERENCES users(id);
ALTER TABLE users ADD COLUMN department_id {uuid} REFERENCES departments(id);
ALTER TABLE users ADD COLUMN site_id {uuid} REFERENCES sites(id);
ALTER TABLE users ADD COLUMN skills {json} NOT NULL DEFAULT '[]';
ALTER TABLE users ADD COLUMN away_from {instant};
ALTER TABLE users ADD COLUMN away_until {instant};
ALTER TABLE users ADD COLUMN max_open_tickets integer;
ALTER TABLE users ADD COLUMN experience integer NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN search_text text NOT NULL DEFAULT '';
UPDATE users SET search_text = lower(first_name || ' ' || last_name || ' ' || email || ' ' || username);
CREATE INDEX users_by_creation ON users (organization_id, created_at, id);
CREATE INDEX users_by_address ON users (organization_id, email, id);
CREATE INDEX users_by_department ON users (organization_id, department_id);
CREATE INDEX users_by_site ON users (organization_id, site_id);
CREATE INDEX users_by_manager ON users (manager_id);
CREATE INDEX user_roles_by_role ON user_roles (role_id);
ALTER TABLE teams ADD COLUMN is_active {bool} NOT NULL DEFAULT TRUE;
ALTER TABLE teams ADD COLUMN assignment_strategy text
