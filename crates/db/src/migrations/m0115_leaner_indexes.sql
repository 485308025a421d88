DROP INDEX tickets_by_resolution;
DROP INDEX tickets_by_parent;
CREATE INDEX tickets_by_parent ON tickets (parent_id) WHERE parent_id IS NOT NULL;
DROP INDEX tickets_by_merge;
CREATE INDEX tickets_by_merge ON tickets (merged_into_id) WHERE merged_into_id IS NOT NULL;
DROP INDEX tickets_by_external_reference;
CREATE INDEX tickets_by_external_reference ON tickets (organization_id, external_reference)
  WHERE external_reference IS NOT NULL;
DROP INDEX tickets_by_requested_for;
CREATE INDEX tickets_by_requested_for ON tickets (organization_id, requested_for_id, created_at, id)
  WHERE requested_for_id IS NOT NULL;
CREATE INDEX tickets_open_unassigned ON tickets
  (organization_id, (CASE priority WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), id)
  WHERE status NOT IN ('resolved', 'closed', 'cancelled') AND assignee_id IS NULL
