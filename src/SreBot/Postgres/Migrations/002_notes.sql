-- Where a question was asked, so that a thread finds its latest investigation; and what people wrote beside it.
ALTER TABLE investigation ADD COLUMN thread text;      -- platform:workspace/channel/thread; null outside chat, and for an answer to one person alone
CREATE INDEX investigation_thread ON investigation (organization_id, thread, created_at) WHERE thread IS NOT NULL;
CREATE INDEX investigation_incident ON investigation (organization_id, incident_id, created_at) WHERE incident_id IS NOT NULL;

CREATE TABLE investigation_note (
    organization_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    investigation_id uuid NOT NULL,
    author text NOT NULL,
    principal_id uuid,
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 4000),
    at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, investigation_id) REFERENCES investigation ON DELETE CASCADE
);
CREATE UNIQUE INDEX investigation_note_once ON investigation_note (organization_id, investigation_id, author, md5(text));

ALTER TABLE investigation_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE investigation_note FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON investigation_note TO srebot_tenant USING (organization_id = current_setting('sre.organization')::bigint);
GRANT SELECT, INSERT, UPDATE, DELETE ON investigation_note TO srebot_tenant;
