CREATE INDEX tickets_open_by_creation ON tickets (organization_id, created_at, id)
  WHERE status NOT IN ('resolved', 'closed', 'cancelled');
CREATE INDEX tickets_open_by_team ON tickets (organization_id, team_id, created_at, id)
  WHERE status NOT IN ('resolved', 'closed', 'cancelled');
CREATE INDEX tickets_open_by_rank ON tickets
  (organization_id, (CASE priority WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END), id)
  WHERE status NOT IN ('resolved', 'closed', 'cancelled')
