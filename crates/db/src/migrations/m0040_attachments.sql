CREATE TABLE attachments (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  ticket_id {uuid} NOT NULL REFERENCES tickets(id), comment_id {uuid} REFERENCES comments(id),
  merged_from_id {uuid} REFERENCES tickets(id),
  uploader_id {uuid} NOT NULL REFERENCES users(id), file_name text NOT NULL, content_type text NOT NULL,
  size_bytes bigint NOT NULL, sha256 text NOT NULL, created_at {instant} NOT NULL
);
CREATE INDEX attachments_by_ticket ON attachments (ticket_id, created_at, id);
CREATE INDEX attachments_by_comment ON attachments (comment_id);
CREATE TABLE stray_files (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL, is_condemned {bool} NOT NULL, created_at {instant} NOT NULL
);
CREATE INDEX stray_files_by_age ON stray_files (created_at);
ALTER TABLE activities ADD COLUMN is_internal {bool} NOT NULL DEFAULT false
