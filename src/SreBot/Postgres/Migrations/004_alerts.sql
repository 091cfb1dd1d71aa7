-- What the alert engine needs beyond the first scenario.

ALTER TABLE alert
    ADD COLUMN objective double precision,               -- percent of good requests; of burn_rate alone
    ADD COLUMN short_window bigint,                      -- ms; both windows must breach
    ADD COLUMN max_hold bigint,                          -- ms; the longest that missing or insufficient data holds a state; null: without end
    ADD COLUMN vanish_after int NOT NULL DEFAULT 2,      -- ticks
    ADD COLUMN vanish_resolves boolean NOT NULL DEFAULT false,
    ADD COLUMN escalations jsonb NOT NULL DEFAULT '[]',  -- [{after, target}]: not acknowledged that long after it opened
    ADD COLUMN runbook_url text,
    ADD COLUMN condition_version int NOT NULL DEFAULT 1, -- rises when an edit changes what is watched; a state of an older one starts anew
    ADD COLUMN book_version bigint NOT NULL DEFAULT 0;   -- of alert_book, at the last change

-- Counts every change of a rule, so that an evaluator reads only what changed. Rules change one transaction after the other, so a
-- version that is seen has no older one still to come.
CREATE TABLE alert_book (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version bigint NOT NULL DEFAULT 0,
    deleted_version bigint NOT NULL DEFAULT 0            -- the last at which a row went away
);
INSERT INTO alert_book DEFAULT VALUES;
GRANT SELECT ON alert_book TO srebot_evaluator;

DO $$
DECLARE
    place text := current_schema();
BEGIN
    EXECUTE format('CREATE FUNCTION turn_alert_book() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS %L', place, '
        BEGIN
            UPDATE alert_book SET version = version + 1, deleted_version = CASE WHEN TG_OP = ''DELETE'' THEN version + 1 ELSE deleted_version END;
            RETURN NULL;
        END');
    EXECUTE format('CREATE FUNCTION stamp_alert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS %L', place, '
        BEGIN
            NEW.book_version := (SELECT version FROM alert_book);
            RETURN NEW;
        END');
END $$;
CREATE TRIGGER turn_book BEFORE INSERT OR UPDATE OR DELETE ON alert FOR EACH STATEMENT EXECUTE FUNCTION turn_alert_book();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON alert FOR EACH ROW EXECUTE FUNCTION stamp_alert();
CREATE INDEX alert_book_version ON alert (book_version);

ALTER TABLE alert_state
    ADD COLUMN held_since timestamptz,                   -- the first of the ticks in a row that prove nothing
    ADD COLUMN missing_ticks int NOT NULL DEFAULT 0,     -- in a row, of a group that vanished
    ADD COLUMN notified_at timestamptz,                  -- the tick of the last notification or reminder
    ADD COLUMN condition_version int NOT NULL DEFAULT 1;

ALTER TABLE alert_history
    ADD COLUMN announced_at timestamptz,                 -- the tick at which it was handed to the outbox, by itself or in a digest; null: it was silenced, or waits
    ADD COLUMN digested boolean NOT NULL DEFAULT false,  -- it began while catching up, and goes into a digest unless it lasts
    ADD COLUMN rule_version int NOT NULL DEFAULT 1;
CREATE INDEX alert_history_announced ON alert_history (organization_id, announced_at);
CREATE INDEX alert_history_digest ON alert_history (organization_id) WHERE digested AND announced_at IS NULL;
CREATE INDEX alert_transition_alert ON alert_transition (organization_id, alert_id, tick);

ALTER TABLE alert_shard ADD COLUMN begun_at timestamptz;   -- when evaluation first began, where it began in the past: the minutes before are no delay

-- The evaluator's shards: a rule's is the last byte of its id, modulo their number.
INSERT INTO alert_shard (shard, last_tick) SELECT number, last_tick FROM alert_shard, generate_series(1, 3) AS number WHERE shard = 0;

-- Who evaluates, by PostgreSQL's clock.
CREATE TABLE alert_replica (
    holder text PRIMARY KEY,
    seen_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON alert_replica TO srebot_evaluator;

-- Rules whose own query fails, or that cannot be evaluated at all.
CREATE TABLE alert_fault (
    organization_id bigint NOT NULL,
    alert_id uuid NOT NULL,
    since timestamptz NOT NULL,
    why text NOT NULL,
    PRIMARY KEY (organization_id, alert_id),
    FOREIGN KEY (organization_id, alert_id) REFERENCES alert ON DELETE CASCADE
);

-- SreBot's alerts on itself: ingest stopped, evaluation fell behind.
CREATE TABLE self_alert (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('ingest_stopped', 'evaluation_behind')),
    since timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX self_alert_open ON self_alert (organization_id, kind) WHERE ended_at IS NULL;

-- Holds back what would be sent; states move on. A mute is a silence on one rule, a maintenance window one that is planned or comes again.
CREATE TABLE silence (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY,
    alert_id uuid,                                       -- null: of every rule that matches
    projects text[] NOT NULL DEFAULT '{}',               -- matches rules and groups of these alone; empty: of all
    matcher jsonb NOT NULL DEFAULT '[]',                 -- [{dimension, value}]; all must hold
    severity text,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    repeats text CHECK (repeats IN ('daily', 'weekly')), -- null: once
    zone text NOT NULL DEFAULT 'UTC',                    -- of a repeated one: it keeps its local time
    reason text NOT NULL DEFAULT '',
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_by text,                                       -- who ended it early
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, alert_id) REFERENCES alert ON DELETE CASCADE,
    CHECK (ends_at > starts_at)
);
INSERT INTO silence (organization_id, alert_id, starts_at, ends_at, created_by)
SELECT organization_id, id, updated_at, muted_until, created_by FROM alert WHERE muted_until > now();
ALTER TABLE alert DROP COLUMN muted_until;

-- Who wants to be told of a rule beside its own targets.
CREATE TABLE subscription (
    organization_id bigint NOT NULL,
    alert_id uuid NOT NULL,
    principal_id uuid NOT NULL,
    target text NOT NULL,                                -- as in alert.targets
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, alert_id, principal_id, target),
    FOREIGN KEY (organization_id, alert_id) REFERENCES alert ON DELETE CASCADE,
    FOREIGN KEY (organization_id, principal_id) REFERENCES principal ON DELETE CASCADE
);

-- Rows of one subject and target wait for one another: who is first is asked for every row that is due.
DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (due, id) WHERE status = 'waiting';
CREATE INDEX outbox_order ON outbox (organization_id, subject, target, handler, sequence) WHERE status = 'waiting';
CREATE INDEX outbox_dead ON outbox (organization_id, id) WHERE status = 'dead';

-- Where alerts may go outside chat; an admin decides.
CREATE TABLE receiver (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    target text NOT NULL,                                -- email:ADDRESS, sms:+NUMBER, webhook:NAME, pagerduty:NAME
    address text NOT NULL,                               -- the mail address, the number, the URL; of PagerDuty its events URL
    secret text,                                         -- protected: a webhook's signing key, PagerDuty's routing key
    projects text[] NOT NULL DEFAULT '{}',               -- may be told of these; empty: of all
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, target)
);

ALTER TABLE incident
    ADD COLUMN snoozed_until timestamptz,                -- 'infinity': until it is resolved
    ADD COLUMN snoozed_by text,
    ADD COLUMN escalations jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN runbook_url text,
    ADD COLUMN alert_name text,
    ADD COLUMN is_storm boolean NOT NULL DEFAULT false,
    ADD COLUMN reminders int NOT NULL DEFAULT 0;

-- The episodes of a storm.
CREATE TABLE incident_member (
    organization_id bigint NOT NULL,
    episode_id uuid NOT NULL,
    incident_id bigint NOT NULL,
    alert_id uuid NOT NULL,
    group_key text NOT NULL,
    title text NOT NULL,
    targets text[] NOT NULL,
    projects text[] NOT NULL,
    traits text[] NOT NULL DEFAULT '{}',                 -- what it may share with others, such as server_id=Server_9
    escalations text[] NOT NULL DEFAULT '{}',            -- whom its rule tells when nobody acknowledges
    ended_at timestamptz,
    PRIMARY KEY (organization_id, episode_id),
    FOREIGN KEY (organization_id, incident_id) REFERENCES incident ON DELETE CASCADE
);
CREATE INDEX incident_member_incident ON incident_member (organization_id, incident_id);

-- What was kept of an incident when it was resolved.
CREATE TABLE incident_export (
    organization_id bigint NOT NULL,
    incident_id bigint NOT NULL,
    format text NOT NULL CHECK (format IN ('html', 'ipynb')),
    content text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, incident_id, format),
    FOREIGN KEY (organization_id, incident_id) REFERENCES incident ON DELETE CASCADE
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['alert_fault', 'self_alert', 'silence', 'subscription', 'receiver', 'incident_member', 'incident_export']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I TO srebot_tenant USING (organization_id = current_setting(''sre.organization'')::bigint)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO srebot_tenant', name);
    END LOOP;

    FOREACH name IN ARRAY ARRAY['alert_fault', 'self_alert']
    LOOP
        EXECUTE format('CREATE POLICY evaluator ON %I TO srebot_evaluator USING (true)', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO srebot_evaluator', name);
    END LOOP;

    FOREACH name IN ARRAY ARRAY['silence', 'subscription', 'receiver']
    LOOP
        EXECUTE format('CREATE POLICY evaluator ON %I FOR SELECT TO srebot_evaluator USING (true)', name);
        EXECUTE format('GRANT SELECT ON %I TO srebot_evaluator', name);
    END LOOP;
END $$;
