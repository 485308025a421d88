ALTER TABLE desk_settings ADD COLUMN has_survey {bool} NOT NULL DEFAULT true;
ALTER TABLE desk_settings ADD COLUMN reopen_days integer;
ALTER TABLE tickets ADD COLUMN rating_score integer;
ALTER TABLE tickets ADD COLUMN rating_comment text;
ALTER TABLE tickets ADD COLUMN rated_by {uuid} REFERENCES users(id);
ALTER TABLE tickets ADD COLUMN rated_at {instant}
