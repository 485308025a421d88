CREATE TABLE dkim_keys (
  id {uuid} PRIMARY KEY, domain text NOT NULL, selector text NOT NULL, private_key text NOT NULL,
  public_key text NOT NULL, is_active {bool} NOT NULL, version bigint NOT NULL,
  created_at {instant} NOT NULL, updated_at {instant} NOT NULL, UNIQUE (domain, selector)
);
CREATE UNIQUE INDEX dkim_keys_that_sign ON dkim_keys (domain) WHERE is_active
