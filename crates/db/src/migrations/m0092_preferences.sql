CREATE TABLE user_preferences (
  user_id {uuid} PRIMARY KEY REFERENCES users(id), organization_id {uuid} NOT NULL,
  preferences {json} NOT NULL, version bigint NOT NULL, updated_at {instant} NOT NULL
)
