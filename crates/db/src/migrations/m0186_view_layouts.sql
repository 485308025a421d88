ALTER TABLE saved_views ADD COLUMN layout text;
ALTER TABLE saved_views ADD COLUMN group_by text
