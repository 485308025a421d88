CREATE TABLE sla_calendars (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id), name text NOT NULL,
  is_default {bool} NOT NULL, version bigint NOT NULL,
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL, deleted_at {instant}
);
CREATE UNIQUE INDEX sla_calendars_default ON sla_calendars (organization_id) WHERE is_default;
CREATE INDEX sla_calendars_by_name ON sla_calendars (organization_id, name, id);
CREATE TABLE sla_calendar_versions (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, calendar_id {uuid} NOT NULL REFERENCES sla_calendars(id),
  number bigint NOT NULL, time_zone text NOT NULL, weekly {json} NOT NULL, holidays {json} NOT NULL,
  created_by {uuid} REFERENCES users(id), created_at {instant} NOT NULL, UNIQUE (calendar_id, number)
);
CREATE TABLE sla_policies (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id), name text NOT NULL,
  version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL, deleted_at {instant}
);
CREATE INDEX sla_policies_by_organization ON sla_policies (organization_id, id);
CREATE TABLE sla_policy_versions (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, policy_id {uuid} NOT NULL REFERENCES sla_policies(id),
  number bigint NOT NULL, agreement text NOT NULL, position integer NOT NULL, is_active {bool} NOT NULL,
  condition {json}, calendar_id {uuid} NOT NULL REFERENCES sla_calendars(id), targets {json} NOT NULL,
  created_by {uuid} REFERENCES users(id), created_at {instant} NOT NULL, UNIQUE (policy_id, number)
);
CREATE TABLE sla_clocks (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  ticket_id {uuid} NOT NULL REFERENCES tickets(id), agreement text NOT NULL, metric text NOT NULL,
  policy_version_id {uuid} NOT NULL REFERENCES sla_policy_versions(id),
  calendar_version_id {uuid} NOT NULL REFERENCES sla_calendar_versions(id),
  target_seconds bigint NOT NULL, mode text NOT NULL, started_at {instant} NOT NULL, as_of {instant} NOT NULL,
  consumed_us bigint NOT NULL, due_at {instant}, breached_at {instant}, met_at {instant},
  fired integer NOT NULL, next_threshold_at {instant}, legs {json} NOT NULL,
  UNIQUE (ticket_id, agreement, metric)
);
CREATE INDEX sla_clocks_due ON sla_clocks (next_threshold_at) WHERE next_threshold_at IS NOT NULL;
CREATE INDEX sla_clocks_open ON sla_clocks (organization_id, ticket_id) WHERE mode IN ('running', 'paused');
CREATE TABLE sla_reminders (
  ticket_id {uuid} NOT NULL REFERENCES tickets(id), cause text NOT NULL, organization_id {uuid} NOT NULL,
  remind_at {instant} NOT NULL, PRIMARY KEY (ticket_id, cause)
);
CREATE INDEX sla_reminders_due ON sla_reminders (remind_at);
CREATE TABLE sla_recomputes (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  actor_id {uuid} NOT NULL REFERENCES users(id), changes {json} NOT NULL,
  created_at {instant} NOT NULL, undone_at {instant}
);
CREATE INDEX sla_recomputes_by_organization ON sla_recomputes (organization_id, created_at, id);
ALTER TABLE tickets ADD COLUMN sla {json} NOT NULL DEFAULT '[]';
ALTER TABLE tickets ADD COLUMN next_breach_at {instant} NOT NULL DEFAULT '9000-01-01T00:00:00+00:00';
ALTER TABLE tickets ADD COLUMN is_sla_breached {bool} NOT NULL DEFAULT false;
CREATE INDEX tickets_by_next_breach ON tickets (organization_id, next_breach_at, id);
CREATE INDEX tickets_breached ON tickets (organization_id, created_at, id) WHERE is_sla_breached
