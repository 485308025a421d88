CREATE UNIQUE INDEX organizations_by_name ON organizations (name);
CREATE TABLE setups (
  kind text PRIMARY KEY, organization_id {uuid} NOT NULL, at {instant} NOT NULL
)
