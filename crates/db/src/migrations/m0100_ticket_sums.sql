DROP TABLE ticket_counts;
CREATE TABLE ticket_counts (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, kind text NOT NULL, status text NOT NULL,
  priority text NOT NULL, team_id {uuid}, is_personal {bool} NOT NULL, is_assigned {bool} NOT NULL,
  assignee_id {uuid}, n bigint NOT NULL
);
CREATE INDEX ticket_counts_by_organization ON ticket_counts (organization_id, id);
CREATE TABLE ticket_sums (
  organization_id {uuid} NOT NULL, kind text NOT NULL, status text NOT NULL,
  priority text NOT NULL, team_id {uuid}, is_personal {bool} NOT NULL, is_assigned {bool} NOT NULL,
  assignee_id {uuid}, n bigint NOT NULL
);
CREATE INDEX ticket_sums_by_assignee ON ticket_sums (organization_id, is_personal, assignee_id, status);
INSERT INTO ticket_sums (organization_id, kind, status, priority, team_id, is_personal, is_assigned, n)
  SELECT organization_id, kind, status, priority, team_id, false, assignee_id IS NOT NULL, count(*)
  FROM tickets GROUP BY organization_id, kind, status, priority, team_id, assignee_id IS NOT NULL;
INSERT INTO ticket_sums (organization_id, kind, status, priority, team_id, is_personal, is_assigned, assignee_id, n)
  SELECT organization_id, kind, status, priority, team_id, true, true, assignee_id, count(*)
  FROM tickets WHERE assignee_id IS NOT NULL GROUP BY organization_id, kind, status, priority, team_id, assignee_id;
CREATE INDEX tickets_by_resolution ON tickets (organization_id, resolved_at)
