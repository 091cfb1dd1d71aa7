-- How many requests a minute holds, kept with the rows themselves: a tick sees so, without reading them, which minutes have changed.
ALTER TABLE {database}.alert_minute MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild';

ALTER TABLE {database}.alert_minute ADD PROJECTION IF NOT EXISTS by_minute (SELECT minute, sum(request_count) GROUP BY minute);

ALTER TABLE {database}.alert_minute MATERIALIZE PROJECTION by_minute;

ALTER TABLE {database}.alert_minute_dim MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild';

ALTER TABLE {database}.alert_minute_dim ADD PROJECTION IF NOT EXISTS by_minute (SELECT minute, sum(request_count) GROUP BY minute);

ALTER TABLE {database}.alert_minute_dim MATERIALIZE PROJECTION by_minute;

-- Which seconds have requests: how far telemetry has come, where some requests lie in the future.
CREATE TABLE IF NOT EXISTS {database}.arrival
(
    second DateTime('UTC')
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(second)
ORDER BY second
TTL second + toIntervalDay(2)
SETTINGS ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.arrival_view TO {database}.arrival AS
SELECT toDateTime(timestamp, 'UTC') AS second
FROM {database}.request
GROUP BY second;

INSERT INTO {database}.arrival
SELECT toDateTime(timestamp, 'UTC') AS second
FROM {database}.request
WHERE timestamp > now() - toIntervalDay(2)
GROUP BY second;
