CREATE TABLE retention_settings (
  organization_id {uuid} PRIMARY KEY REFERENCES organizations(id), inbound_mail_days integer NOT NULL,
  delivery_days integer NOT NULL, webhook_delivery_days integer NOT NULL, version bigint NOT NULL,
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
ALTER TABLE inbound_mails ADD COLUMN raw_state text NOT NULL DEFAULT 'kept';
ALTER TABLE inbound_mails ADD COLUMN raw_removed_at {instant};
CREATE INDEX inbound_mails_with_raw ON inbound_mails (organization_id, settled_at, id) WHERE raw_state <> 'removed'
