ALTER TABLE mailboxes ADD COLUMN listener {uuid};
ALTER TABLE mailboxes ADD COLUMN listener_until {instant};
ALTER TABLE mailboxes ADD COLUMN listens_since {instant}
