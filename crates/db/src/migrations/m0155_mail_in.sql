CREATE TABLE mailboxes (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id),
  address text NOT NULL UNIQUE, sender_name text NOT NULL, is_enabled {bool} NOT NULL, takes_replies {bool} NOT NULL,
  unknown_senders text NOT NULL, allowed_domains {json} NOT NULL, accepts_automatic {bool} NOT NULL,
  ignores_spam {bool} NOT NULL, trusted_server text, team_id {uuid}, category text, subcategory text,
  imap {json}, imap_password text, imap_uid_validity bigint, imap_last_uid bigint, imap_checked_at {instant},
  imap_error text, version bigint NOT NULL, created_at {instant} NOT NULL, updated_at {instant} NOT NULL
);
CREATE INDEX mailboxes_by_organization ON mailboxes (organization_id, address);
CREATE TABLE inbound_mails (
  id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id), mailbox_id {uuid} NOT NULL,
  mailbox_address text NOT NULL, route text NOT NULL, state text NOT NULL, reason text, detail text, matched_by text,
  effect text, ticket_id {uuid}, comment_id {uuid}, sender_id {uuid}, sender text, sender_name text, subject text,
  message_id text, fingerprint text, size_bytes bigint NOT NULL, sha256 text NOT NULL, refused_files {json},
  attempts integer NOT NULL DEFAULT 0, imap_uid_validity bigint, imap_uid bigint,
  received_at {instant} NOT NULL, settled_at {instant}, UNIQUE (mailbox_id, imap_uid_validity, imap_uid)
);
CREATE INDEX inbound_mails_by_organization ON inbound_mails (organization_id, received_at, id);
CREATE INDEX inbound_mails_by_state ON inbound_mails (organization_id, state, received_at, id);
CREATE INDEX inbound_mails_by_mailbox ON inbound_mails (mailbox_id, received_at, id);
CREATE INDEX inbound_mails_by_message ON inbound_mails (organization_id, message_id);
CREATE INDEX inbound_mails_by_sender ON inbound_mails (organization_id, sender, settled_at);
CREATE INDEX inbound_mails_by_ticket ON inbound_mails (ticket_id, received_at);
CREATE INDEX inbound_mails_arriving ON inbound_mails (received_at) WHERE state = 'arriving';
CREATE UNIQUE INDEX inbound_mails_once ON inbound_mails (mailbox_id, fingerprint)
  WHERE state IN ('ticket_created', 'comment_added');
CREATE TABLE comment_folds (
  comment_id {uuid} PRIMARY KEY REFERENCES comments(id), organization_id {uuid} NOT NULL,
  quoted text NOT NULL, signature text NOT NULL
)
