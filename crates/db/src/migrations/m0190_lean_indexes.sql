DROP INDEX deliveries_by_mail;
CREATE INDEX deliveries_by_mail ON deliveries (mail_id) WHERE mail_id IS NOT NULL;

DROP INDEX deliveries_by_message;
CREATE INDEX deliveries_by_message ON deliveries (message_id) WHERE message_id IS NOT NULL;

DROP INDEX comments_by_origin;
CREATE INDEX comments_by_origin ON comments (merged_from_id) WHERE merged_from_id IS NOT NULL;
