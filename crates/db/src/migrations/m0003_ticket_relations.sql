ALTER TABLE tickets ADD COLUMN parent_id {uuid} REFERENCES tickets(id);
ALTER TABLE tickets ADD COLUMN merged_into_id {uuid} REFERENCES tickets(id);
CREATE INDEX tickets_by_parent ON tickets (parent_id);
CREATE INDEX tickets_by_merge ON tickets (merged_into_id);
CREATE INDEX tickets_by_update ON tickets (organization_id, updated_at, id);
CREATE INDEX tickets_by_priority ON tickets (organization_id, priority, created_at, id);
CREATE INDEX tickets_by_requested_for ON tickets (organization_id, requested_for_id, created_at, id);
CREATE INDEX ticket_watchers_by_user ON ticket_watchers (user_id, ticket_id);
ALTER TABLE comments ADD COLUMN merged_from_id {uuid} REFERENCES tickets(id);
ALTER TABLE comments ADD COLUMN edited_at {instant};
CREATE INDEX comments_by_origin ON comments (merged_from_id);
CREATE TABLE comment_revisions (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, comment_id {uuid} NOT NULL REFERENCES comments(id),
  body text NOT NULL, replaced_by {uuid} NOT NULL REFERENCES users(id), replaced_at {instant} NOT NULL
);
CREATE INDEX comment_revisions_by_comment ON comment_revisions (comment_id, replaced_at);
CREATE TABLE ticket_links (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, kind text NOT NULL,
  from_id {uuid} NOT NULL REFERENCES tickets(id), to_id {uuid} NOT NULL REFERENCES tickets(id),
  created_by {uuid} NOT NULL REFERENCES users(id), created_at {instant} NOT NULL,
  UNIQUE (from_id, to_id, kind)
);
CREATE INDEX ticket_links_by_target ON ticket_links (to_id);
CREATE TABLE bulk_operations (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, actor_id {uuid} NOT NULL REFERENCES users(id),
  undo {json} NOT NULL, created_at {instant} NOT NULL, undone_at {instant}
);
CREATE TABLE ticket_counts (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, kind text NOT NULL, status text NOT NULL,
  priority text NOT NULL, assignee_id {uuid}, team_id {uuid}, n bigint NOT NULL
);
CREATE INDEX ticket_counts_by_organization ON ticket_counts (organization_id, status)
;
CREATE INDEX tickets_by_rank ON tickets
  (organization_id, (CASE priority WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), id)
