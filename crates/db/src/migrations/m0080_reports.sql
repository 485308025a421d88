CREATE INDEX tickets_by_time_of_resolution ON tickets (organization_id, resolved_at, id) WHERE resolved_at IS NOT NULL;
CREATE INDEX tickets_by_response ON tickets (organization_id, first_response_at, id) WHERE first_response_at IS NOT NULL
