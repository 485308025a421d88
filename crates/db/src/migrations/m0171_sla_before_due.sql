ALTER TABLE sla_clocks ADD COLUMN fired_before bigint
