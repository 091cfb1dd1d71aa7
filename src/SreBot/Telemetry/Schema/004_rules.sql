-- The rules as a tick joins them with the telemetry: a partition for each state of the rule set, written once and never changed.
CREATE TABLE IF NOT EXISTS {database}.alert_rule
(
    inserted_at DateTime('UTC') DEFAULT now(),
    as_of DateTime('UTC') COMMENT 'the tick that was first to need it',
    set_key UInt64 COMMENT 'tells one state of the rule set from all others',
    version UInt64 COMMENT 'of the rule book',
    query UInt16,
    shard UInt8,
    probe UInt32 COMMENT 'numbers a rule''s window in the set',
    project_id String,
    window UInt32 COMMENT 'seconds',
    filter_server_id String COMMENT 'this and those below: what the rule filters by',
    filter_service String,
    filter_version String,
    filter_endpoint String,
    filter_region String,
    filter_platform String,
    value UInt8 COMMENT 'which of the query''s values is the rule''s',
    divisor Float64,
    low Float64 COMMENT 'a value from low to high breaches',
    high Float64,
    is_outside Bool COMMENT 'a value that is not from low to high breaches',
    min_requests UInt64,
    percent UInt8 COMMENT 'of a percentile',
    buckets UInt32 COMMENT 'a bit for each stretch of the latency grid: a percentile that lies there may breach'
)
ENGINE = MergeTree
PARTITION BY set_key
ORDER BY (query, project_id, probe)
SETTINGS non_replicated_deduplication_window = 10000;
