ALTER TABLE sla_policy_versions ADD COLUMN escalation {json}
