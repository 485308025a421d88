CREATE TABLE categories (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  parent_id {uuid} REFERENCES categories(id), name text NOT NULL, name_key text NOT NULL,
  is_active {bool} NOT NULL, position integer NOT NULL, version bigint NOT NULL,
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE UNIQUE INDEX categories_top ON categories (organization_id, name_key) WHERE parent_id IS NULL;
CREATE UNIQUE INDEX categories_below ON categories (organization_id, parent_id, name_key) WHERE parent_id IS NOT NULL;
CREATE INDEX categories_by_organization ON categories (organization_id, parent_id)
