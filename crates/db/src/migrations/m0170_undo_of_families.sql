ALTER TABLE ticket_undos ADD COLUMN parent_id {uuid} REFERENCES tickets(id);
ALTER TABLE ticket_undos ADD COLUMN parent_version bigint;
CREATE INDEX ticket_undos_by_parent ON ticket_undos (parent_id, parent_version, ticket_id) WHERE parent_id IS NOT NULL
