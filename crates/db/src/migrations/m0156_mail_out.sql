CREATE TABLE mail_envelopes (
  mail_id {uuid} PRIMARY KEY, organization_id {uuid} NOT NULL REFERENCES organizations(id), sender_name text,
  reply_to text, ancestors {json} NOT NULL, unsubscribe_url text
)
