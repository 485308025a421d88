CREATE INDEX notifications_by_reason ON notifications (user_id, reason, created_at, id)
