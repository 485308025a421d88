ALTER TABLE events ADD COLUMN commit_order bigint NOT NULL DEFAULT 0;
CREATE INDEX events_by_commit ON events (commit_order, id);
CREATE TABLE event_bases (
  name text PRIMARY KEY, base bigint NOT NULL
);
INSERT INTO event_bases (name, base) VALUES ('events', 0)
