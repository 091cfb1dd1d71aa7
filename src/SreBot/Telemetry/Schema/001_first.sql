-- Tables of one organization's telemetry. A statement ends with ';' at the end of a line; {database} and {retention_days} are put in by TelemetrySchema.
-- Every table that rows are inserted into, or that a view fills, is partitioned by day: an insert is cut by day, so that it makes one part in each
-- table, which is there or not, and takes one place in each table's window of deduplication tokens.

CREATE TABLE IF NOT EXISTS {database}.request
(
    request_id String,
    timestamp DateTime64(3, 'UTC') COMMENT 'when the request ended',
    project_id LowCardinality(String),
    server_id LowCardinality(String),
    service LowCardinality(String),
    version LowCardinality(String),
    endpoint LowCardinality(String),
    region LowCardinality(String),
    platform LowCardinality(String),
    status UInt16 COMMENT 'HTTP; 400 to 599 is an error',
    execution_time Float64 COMMENT 'ms',
    cost Float64 COMMENT 'USD',
    number_of_active_requests UInt32,
    cpu_usage Float64 COMMENT 'percent, of the server',
    memory_usage Float64 COMMENT 'percent, of the server',
    INDEX request_id_index request_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toDate(timestamp)
ORDER BY (project_id, timestamp)
TTL toDateTime(timestamp) + toIntervalDay({retention_days})
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS {database}.change_event
(
    change_id String,
    timestamp DateTime64(3, 'UTC'),
    project_id LowCardinality(String),
    kind LowCardinality(String) COMMENT 'deploy, config, flag',
    service LowCardinality(String),
    version LowCardinality(String),
    title String,
    who String,
    link String
)
ENGINE = MergeTree
PARTITION BY toDate(timestamp)
ORDER BY (project_id, timestamp)
TTL toDateTime(timestamp) + toIntervalDay({retention_days})
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS {database}.dependency
(
    minute DateTime('UTC'),
    project_id LowCardinality(String),
    caller LowCardinality(String),
    callee LowCardinality(String),
    request_count SimpleAggregateFunction(sum, UInt64),
    error_count SimpleAggregateFunction(sum, UInt64),
    latency_sum SimpleAggregateFunction(sum, Float64) COMMENT 'ms',
    latency_max SimpleAggregateFunction(max, Float64) COMMENT 'ms'
)
ENGINE = AggregatingMergeTree
PARTITION BY toDate(minute)
ORDER BY (project_id, minute, caller, callee)
TTL minute + toIntervalDay({retention_days})
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000;

-- What a tick reads: by time first, so that it reads its window and never the day. latency_from_X counts latencies of X ms and more.
CREATE TABLE IF NOT EXISTS {database}.alert_minute
(
    minute DateTime('UTC'),
    project_id LowCardinality(String),
    request_count SimpleAggregateFunction(sum, UInt64),
    error_count SimpleAggregateFunction(sum, UInt64),
    latency_sum SimpleAggregateFunction(sum, Float64),
    latency_max SimpleAggregateFunction(max, Float64),
    cost_sum SimpleAggregateFunction(sum, Float64),
    cpu_sum SimpleAggregateFunction(sum, Float64),
    cpu_max SimpleAggregateFunction(max, Float64),
    memory_sum SimpleAggregateFunction(sum, Float64),
    memory_max SimpleAggregateFunction(max, Float64),
    latency_from_10 SimpleAggregateFunction(sum, UInt64),
    latency_from_20 SimpleAggregateFunction(sum, UInt64),
    latency_from_50 SimpleAggregateFunction(sum, UInt64),
    latency_from_100 SimpleAggregateFunction(sum, UInt64),
    latency_from_200 SimpleAggregateFunction(sum, UInt64),
    latency_from_500 SimpleAggregateFunction(sum, UInt64),
    latency_from_1000 SimpleAggregateFunction(sum, UInt64),
    latency_from_2000 SimpleAggregateFunction(sum, UInt64),
    latency_from_3000 SimpleAggregateFunction(sum, UInt64),
    latency_from_5000 SimpleAggregateFunction(sum, UInt64),
    latency_from_10000 SimpleAggregateFunction(sum, UInt64),
    latency_from_30000 SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toDate(minute)
ORDER BY (minute, project_id)
TTL minute + toIntervalDay(2)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.alert_minute_view TO {database}.alert_minute AS
SELECT
    toStartOfMinute(timestamp) AS minute,
    project_id,
    count() AS request_count,
    countIf(status BETWEEN 400 AND 599) AS error_count,
    sum(execution_time) AS latency_sum,
    max(execution_time) AS latency_max,
    sum(cost) AS cost_sum,
    sum(cpu_usage) AS cpu_sum,
    max(cpu_usage) AS cpu_max,
    sum(memory_usage) AS memory_sum,
    max(memory_usage) AS memory_max,
    countIf(execution_time >= 10) AS latency_from_10,
    countIf(execution_time >= 20) AS latency_from_20,
    countIf(execution_time >= 50) AS latency_from_50,
    countIf(execution_time >= 100) AS latency_from_100,
    countIf(execution_time >= 200) AS latency_from_200,
    countIf(execution_time >= 500) AS latency_from_500,
    countIf(execution_time >= 1000) AS latency_from_1000,
    countIf(execution_time >= 2000) AS latency_from_2000,
    countIf(execution_time >= 3000) AS latency_from_3000,
    countIf(execution_time >= 5000) AS latency_from_5000,
    countIf(execution_time >= 10000) AS latency_from_10000,
    countIf(execution_time >= 30000) AS latency_from_30000
FROM {database}.request
GROUP BY minute, project_id;

-- The same for rules with a filter or a group.
CREATE TABLE IF NOT EXISTS {database}.alert_minute_dim
(
    minute DateTime('UTC'),
    project_id LowCardinality(String),
    server_id LowCardinality(String),
    service LowCardinality(String),
    endpoint LowCardinality(String),
    region LowCardinality(String),
    platform LowCardinality(String),
    version LowCardinality(String),
    request_count SimpleAggregateFunction(sum, UInt64),
    error_count SimpleAggregateFunction(sum, UInt64),
    latency_sum SimpleAggregateFunction(sum, Float64),
    latency_max SimpleAggregateFunction(max, Float64),
    cost_sum SimpleAggregateFunction(sum, Float64),
    cpu_sum SimpleAggregateFunction(sum, Float64),
    cpu_max SimpleAggregateFunction(max, Float64),
    memory_sum SimpleAggregateFunction(sum, Float64),
    memory_max SimpleAggregateFunction(max, Float64),
    latency_from_10 SimpleAggregateFunction(sum, UInt64),
    latency_from_20 SimpleAggregateFunction(sum, UInt64),
    latency_from_50 SimpleAggregateFunction(sum, UInt64),
    latency_from_100 SimpleAggregateFunction(sum, UInt64),
    latency_from_200 SimpleAggregateFunction(sum, UInt64),
    latency_from_500 SimpleAggregateFunction(sum, UInt64),
    latency_from_1000 SimpleAggregateFunction(sum, UInt64),
    latency_from_2000 SimpleAggregateFunction(sum, UInt64),
    latency_from_3000 SimpleAggregateFunction(sum, UInt64),
    latency_from_5000 SimpleAggregateFunction(sum, UInt64),
    latency_from_10000 SimpleAggregateFunction(sum, UInt64),
    latency_from_30000 SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toDate(minute)
ORDER BY (minute, project_id, server_id, service, endpoint, region, platform, version)
TTL minute + toIntervalDay(2)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.alert_minute_dim_view TO {database}.alert_minute_dim AS
SELECT
    toStartOfMinute(timestamp) AS minute,
    project_id,
    server_id,
    service,
    endpoint,
    region,
    platform,
    version,
    count() AS request_count,
    countIf(status BETWEEN 400 AND 599) AS error_count,
    sum(execution_time) AS latency_sum,
    max(execution_time) AS latency_max,
    sum(cost) AS cost_sum,
    sum(cpu_usage) AS cpu_sum,
    max(cpu_usage) AS cpu_max,
    sum(memory_usage) AS memory_sum,
    max(memory_usage) AS memory_max,
    countIf(execution_time >= 10) AS latency_from_10,
    countIf(execution_time >= 20) AS latency_from_20,
    countIf(execution_time >= 50) AS latency_from_50,
    countIf(execution_time >= 100) AS latency_from_100,
    countIf(execution_time >= 200) AS latency_from_200,
    countIf(execution_time >= 500) AS latency_from_500,
    countIf(execution_time >= 1000) AS latency_from_1000,
    countIf(execution_time >= 2000) AS latency_from_2000,
    countIf(execution_time >= 3000) AS latency_from_3000,
    countIf(execution_time >= 5000) AS latency_from_5000,
    countIf(execution_time >= 10000) AS latency_from_10000,
    countIf(execution_time >= 30000) AS latency_from_30000
FROM {database}.request
GROUP BY minute, project_id, server_id, service, endpoint, region, platform, version;

-- For windows past 24 hours.
CREATE TABLE IF NOT EXISTS {database}.alert_hour
(
    hour DateTime('UTC'),
    project_id LowCardinality(String),
    server_id LowCardinality(String),
    service LowCardinality(String),
    endpoint LowCardinality(String),
    region LowCardinality(String),
    platform LowCardinality(String),
    version LowCardinality(String),
    request_count SimpleAggregateFunction(sum, UInt64),
    error_count SimpleAggregateFunction(sum, UInt64),
    latency_sum SimpleAggregateFunction(sum, Float64),
    latency_max SimpleAggregateFunction(max, Float64),
    cost_sum SimpleAggregateFunction(sum, Float64),
    cpu_sum SimpleAggregateFunction(sum, Float64),
    cpu_max SimpleAggregateFunction(max, Float64),
    memory_sum SimpleAggregateFunction(sum, Float64),
    memory_max SimpleAggregateFunction(max, Float64),
    latency_from_10 SimpleAggregateFunction(sum, UInt64),
    latency_from_20 SimpleAggregateFunction(sum, UInt64),
    latency_from_50 SimpleAggregateFunction(sum, UInt64),
    latency_from_100 SimpleAggregateFunction(sum, UInt64),
    latency_from_200 SimpleAggregateFunction(sum, UInt64),
    latency_from_500 SimpleAggregateFunction(sum, UInt64),
    latency_from_1000 SimpleAggregateFunction(sum, UInt64),
    latency_from_2000 SimpleAggregateFunction(sum, UInt64),
    latency_from_3000 SimpleAggregateFunction(sum, UInt64),
    latency_from_5000 SimpleAggregateFunction(sum, UInt64),
    latency_from_10000 SimpleAggregateFunction(sum, UInt64),
    latency_from_30000 SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toDate(hour)
ORDER BY (hour, project_id, server_id, service, endpoint, region, platform, version)
TTL hour + toIntervalDay(35)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.alert_hour_view TO {database}.alert_hour AS
SELECT
    toStartOfHour(timestamp) AS hour,
    project_id,
    server_id,
    service,
    endpoint,
    region,
    platform,
    version,
    count() AS request_count,
    countIf(status BETWEEN 400 AND 599) AS error_count,
    sum(execution_time) AS latency_sum,
    max(execution_time) AS latency_max,
    sum(cost) AS cost_sum,
    sum(cpu_usage) AS cpu_sum,
    max(cpu_usage) AS cpu_max,
    sum(memory_usage) AS memory_sum,
    max(memory_usage) AS memory_max,
    countIf(execution_time >= 10) AS latency_from_10,
    countIf(execution_time >= 20) AS latency_from_20,
    countIf(execution_time >= 50) AS latency_from_50,
    countIf(execution_time >= 100) AS latency_from_100,
    countIf(execution_time >= 200) AS latency_from_200,
    countIf(execution_time >= 500) AS latency_from_500,
    countIf(execution_time >= 1000) AS latency_from_1000,
    countIf(execution_time >= 2000) AS latency_from_2000,
    countIf(execution_time >= 3000) AS latency_from_3000,
    countIf(execution_time >= 5000) AS latency_from_5000,
    countIf(execution_time >= 10000) AS latency_from_10000,
    countIf(execution_time >= 30000) AS latency_from_30000
FROM {database}.request
GROUP BY hour, project_id, server_id, service, endpoint, region, platform, version;

-- Stretches whose roll-ups were made again after an unclean stop.
CREATE TABLE IF NOT EXISTS {database}.rollup_rebuild
(
    from_time DateTime64(3, 'UTC'),
    to_time DateTime64(3, 'UTC'),
    rebuilt_at DateTime('UTC') DEFAULT now()
)
ENGINE = MergeTree
ORDER BY from_time
TTL rebuilt_at + toIntervalDay(2);
