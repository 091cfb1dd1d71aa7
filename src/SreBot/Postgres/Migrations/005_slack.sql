-- What platforms gave when the bot was installed in a workspace. It belongs to no organization: who may see what is said by
-- chat_identity and channel_link. The gateway alone reads it.
CREATE TABLE chat_installation (
    platform text NOT NULL,
    workspace text NOT NULL,
    secret text NOT NULL,                        -- sealed by the key ring, for this platform and workspace
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (platform, workspace)
);

-- Tickets that were used; each is good once.
CREATE TABLE chat_ticket (
    ticket text PRIMARY KEY,
    until timestamptz NOT NULL                   -- from then on it is void by itself
);

-- A code that a person without a principal was given privately, for an admin to confirm.
CREATE TABLE chat_code (
    platform text NOT NULL,
    workspace text NOT NULL,
    user_id text NOT NULL,
    name text,
    code text NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (platform, workspace, user_id)
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['chat_installation', 'chat_ticket', 'chat_code']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY gateway ON %I TO srebot_gateway USING (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO srebot_gateway', name);
    END LOOP;
END $$;
