-- Every table with an organization_id is under forced row-level security: the tenant role sees the organization that the
-- transaction names (sre.organization); the evaluator and gateway roles see what their policies below say.

CREATE TABLE organization (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    telemetry_database text NOT NULL,
    is_demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE project (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id text NOT NULL UNIQUE,
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE principal (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('viewer', 'sre', 'admin')),
    all_projects boolean NOT NULL DEFAULT false,
    projects text[] NOT NULL DEFAULT '{}',
    conditions jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, id)
);

-- One token may be known in several organizations; the demo's row wins while the demo is there.
CREATE TABLE token (
    organization_id bigint NOT NULL,
    hash bytea NOT NULL,
    principal_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (hash, organization_id),
    FOREIGN KEY (organization_id, principal_id) REFERENCES principal ON DELETE CASCADE
);

CREATE TABLE chat_identity (
    organization_id bigint NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    user_id text NOT NULL,
    principal_id uuid NOT NULL,
    PRIMARY KEY (organization_id, platform, workspace, user_id),
    FOREIGN KEY (organization_id, principal_id) REFERENCES principal ON DELETE CASCADE
);

CREATE TABLE channel_link (
    organization_id bigint NOT NULL,
    platform text NOT NULL,
    workspace text NOT NULL,
    channel text NOT NULL,
    project_id text NOT NULL,
    linked_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, platform, workspace, channel, project_id),
    FOREIGN KEY (organization_id, project_id) REFERENCES project ON DELETE CASCADE
);

CREATE TABLE audit (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    principal text NOT NULL,
    what text NOT NULL,
    PRIMARY KEY (organization_id, id)
);

-- What the chat adapters must remember. A turn has no organization until its sender is known.
CREATE TABLE chat_turn (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    platform text NOT NULL,
    event_id text NOT NULL,
    turn jsonb NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    lease_until timestamptz,
    done_at timestamptz,
    received_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (platform, event_id)
);
CREATE INDEX chat_turn_waiting ON chat_turn (id) WHERE done_at IS NULL;

CREATE TABLE chat_reference (
    platform text NOT NULL,
    workspace text NOT NULL,
    channel text NOT NULL,
    reference jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (platform, workspace, channel)
);

CREATE TABLE web_message (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY,
    channel text NOT NULL,
    thread_id bigint,          -- the message that this one answers
    private_to text,           -- the principal who alone may see it
    author text NOT NULL,      -- the person's name, or 'sre-bot'
    is_bot boolean NOT NULL,
    text text NOT NULL,
    reply jsonb,               -- ChatReply, for the bot's messages
    key text,                  -- names a post for look-ups
    revision bigint NOT NULL,  -- rises with every new or changed message of the organization
    at timestamptz NOT NULL DEFAULT now(),
    edited_at timestamptz,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX web_message_key ON web_message (organization_id, channel, key);
CREATE INDEX web_message_revision ON web_message (organization_id, revision);
CREATE SEQUENCE web_revision;

CREATE TABLE alert (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL,
    projects text[] NOT NULL,                    -- the project filter, never empty
    metric text NOT NULL,
    aggregate text NOT NULL,
    filter jsonb NOT NULL DEFAULT '[]',          -- [{dimension, value}]
    group_by text[] NOT NULL DEFAULT '{}',
    comparator text NOT NULL,
    threshold double precision NOT NULL,
    threshold_max double precision,
    recovery_threshold double precision,
    time_window bigint NOT NULL,                 -- ms
    time_block_duration bigint NOT NULL DEFAULT 60000 CHECK (time_block_duration = 60000),
    min_requests bigint NOT NULL DEFAULT 0,
    for_duration bigint NOT NULL DEFAULT 0,      -- ms
    cooldown bigint NOT NULL DEFAULT 300000,     -- ms
    no_data_policy text NOT NULL DEFAULT 'hold',
    error_policy text NOT NULL DEFAULT 'hold',
    insufficient_policy text NOT NULL DEFAULT 'hold',
    repeat_interval bigint,                      -- ms
    severity text NOT NULL DEFAULT 'warning',
    targets text[] NOT NULL DEFAULT '{}',        -- channels as platform:workspace/channel
    muted_until timestamptz,
    enabled boolean NOT NULL DEFAULT true,
    soft_delete boolean NOT NULL DEFAULT false,
    version int NOT NULL DEFAULT 1,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX alert_name ON alert (organization_id, lower(name)) WHERE NOT soft_delete;

CREATE TABLE alert_state (
    organization_id bigint NOT NULL,
    alert_id uuid NOT NULL,
    group_key text NOT NULL,                     -- '' without group by, else dimension=value, comma separated
    phase text NOT NULL,
    since timestamptz NOT NULL,
    held boolean NOT NULL DEFAULT false,         -- in cooldown: the last value lay between the two thresholds
    value double precision,
    episode_id uuid,                             -- null when none is open
    episode_since timestamptz,                   -- the tick that triggered
    announced boolean NOT NULL DEFAULT false,    -- the open episode was handed to the outbox
    tick timestamptz NOT NULL,                   -- of the last change written
    rule_version int NOT NULL,
    PRIMARY KEY (organization_id, alert_id, group_key),
    FOREIGN KEY (organization_id, alert_id) REFERENCES alert ON DELETE CASCADE
);

CREATE TABLE alert_history (
    organization_id bigint NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),  -- the episode
    alert_id uuid NOT NULL,
    group_key text NOT NULL,
    alert_start_time timestamptz NOT NULL,       -- start of the first breaching window
    triggered_at timestamptz NOT NULL,
    alert_end_time timestamptz,
    alert_metric text NOT NULL,
    alert_name text NOT NULL,
    triggered_value text NOT NULL,
    worst_value double precision,
    request_id text,                             -- the worst request
    server_id text,
    status text NOT NULL,                        -- triggered, resolved
    soft_delete boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, alert_id) REFERENCES alert ON DELETE CASCADE
);
CREATE UNIQUE INDEX alert_history_open ON alert_history (organization_id, alert_id, group_key) WHERE alert_end_time IS NULL;

CREATE TABLE alert_transition (
    organization_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    alert_id uuid NOT NULL,
    group_key text NOT NULL,
    tick timestamptz NOT NULL,
    from_phase text NOT NULL,
    to_phase text NOT NULL,
    verdict text NOT NULL,
    value double precision,
    request_count bigint NOT NULL,
    threshold double precision NOT NULL,
    time_window bigint NOT NULL,
    rule_version int NOT NULL,
    notified boolean NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, alert_id, group_key, tick),
    FOREIGN KEY (organization_id, alert_id) REFERENCES alert ON DELETE CASCADE
);

-- The evaluator's lease and place in time; one shard for now.
CREATE TABLE alert_shard (
    shard int PRIMARY KEY,
    holder text,
    fence bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    last_tick timestamptz
);
INSERT INTO alert_shard (shard) VALUES (0);

CREATE TABLE incident (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    projects text[] NOT NULL,
    filter jsonb NOT NULL DEFAULT '[]',          -- the rule's conditions and the group's values
    alert_id uuid,
    group_key text,
    episode_id uuid,
    metric text,
    aggregate text,
    threshold double precision,
    request_id text,
    server_id text,
    severity text NOT NULL,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'acknowledged', 'resolved')),
    title text NOT NULL,
    ticket_url text,
    targets text[] NOT NULL DEFAULT '{}',
    finding text,                                -- the first diagnosis in one sentence
    investigation_id uuid,
    version int NOT NULL DEFAULT 1,
    started_at timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    resolved_at timestamptz,
    resolved_by text,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, episode_id)
);

CREATE TABLE incident_event (
    organization_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    incident_id bigint NOT NULL,
    at timestamptz NOT NULL,
    who text NOT NULL,
    what text NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, incident_id) REFERENCES incident ON DELETE CASCADE
);

CREATE TABLE outbox (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY,
    subject text NOT NULL,
    sequence bigint NOT NULL,
    handler text NOT NULL,
    target text NOT NULL,
    payload jsonb NOT NULL,
    due timestamptz NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    lease_until timestamptz,
    fence bigint NOT NULL DEFAULT 0,             -- rises with each lease; a worker with an old one cannot write
    status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'done', 'dead', 'superseded')),
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    done_at timestamptz,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, subject, sequence, handler, target)
);
CREATE INDEX outbox_waiting ON outbox (due) WHERE status = 'waiting';

CREATE TABLE posted_message (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    subject text NOT NULL,
    target text NOT NULL,
    message_id text NOT NULL,
    sequence bigint NOT NULL,
    posted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, subject, target)
);

CREATE TABLE investigation (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id uuid NOT NULL,
    question text NOT NULL,
    asked_by text NOT NULL,
    principal_id uuid,
    projects text[] NOT NULL,
    conditions jsonb NOT NULL DEFAULT '[]',
    incident_id bigint,
    answer jsonb,                                -- ChatReply
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE step (
    organization_id bigint NOT NULL,
    investigation_id uuid NOT NULL,
    number int NOT NULL,
    question text NOT NULL,
    sql text NOT NULL,
    parameters jsonb NOT NULL,
    as_of timestamptz NOT NULL,
    result jsonb NOT NULL,                       -- StepTable
    conclusion text,
    PRIMARY KEY (organization_id, investigation_id, number),
    FOREIGN KEY (organization_id, investigation_id) REFERENCES investigation ON DELETE CASCADE
);

-- A plan that a person confirms with a button.
CREATE TABLE confirmation (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    principal_id uuid NOT NULL,
    verb text NOT NULL,
    plan jsonb NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (organization_id, id)
);

-- What was said in a thread, for follow-up questions.
CREATE TABLE conversation_turn (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY,
    thread text NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX conversation_thread ON conversation_turn (organization_id, thread, id);

-- The demo's place in time: how far its telemetry has been written.
CREATE TABLE demo (
    organization_id bigint PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
    seed bigint NOT NULL,
    settings jsonb NOT NULL,                     -- DemoStory: the settings, and the causes that stand in the data
    written_to timestamptz NOT NULL,
    writing_to timestamptz                       -- the end of a batch that was begun; it is written again, the same, after a stop
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['project', 'principal', 'token', 'chat_identity', 'channel_link', 'audit', 'web_message', 'alert', 'alert_state',
        'alert_history', 'alert_transition', 'incident', 'incident_event', 'outbox', 'posted_message', 'investigation', 'step', 'confirmation',
        'conversation_turn', 'demo']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I TO srebot_tenant USING (organization_id = current_setting(''sre.organization'')::bigint)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO srebot_tenant', name);
    END LOOP;

    -- The evaluator's and deliverer's loops work for every organization, on what they need and no more.
    FOREACH name IN ARRAY ARRAY['alert', 'alert_state', 'alert_history', 'alert_transition', 'outbox', 'posted_message', 'project', 'channel_link', 'demo']
    LOOP
        EXECUTE format('CREATE POLICY evaluator ON %I TO srebot_evaluator USING (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO srebot_evaluator', name);
    END LOOP;

    -- The gateway finds out who asks, before an organization is known; it reads.
    FOREACH name IN ARRAY ARRAY['project', 'principal', 'token', 'chat_identity', 'channel_link']
    LOOP
        EXECUTE format('CREATE POLICY gateway ON %I TO srebot_gateway USING (true)', name);
        EXECUTE format('GRANT SELECT ON %I TO srebot_gateway', name);
    END LOOP;
END $$;

ALTER TABLE organization ENABLE ROW LEVEL SECURITY;
ALTER TABLE organization FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organization TO srebot_tenant USING (id = current_setting('sre.organization')::bigint);
CREATE POLICY evaluator ON organization FOR SELECT TO srebot_evaluator USING (true);
CREATE POLICY gateway ON organization TO srebot_gateway USING (true);
GRANT SELECT, DELETE ON organization TO srebot_tenant;
GRANT SELECT ON organization TO srebot_evaluator;
GRANT SELECT, INSERT ON organization TO srebot_gateway;

GRANT SELECT, INSERT, UPDATE, DELETE ON chat_turn, chat_reference TO srebot_gateway;
GRANT SELECT, UPDATE ON alert_shard TO srebot_evaluator;
GRANT USAGE ON SEQUENCE web_revision TO srebot_tenant;
