ALTER TABLE organizations ADD COLUMN is_example {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE organizations ADD COLUMN is_being_filled {bool} NOT NULL DEFAULT FALSE;
CREATE UNIQUE INDEX organizations_example ON organizations (is_example) WHERE is_example
