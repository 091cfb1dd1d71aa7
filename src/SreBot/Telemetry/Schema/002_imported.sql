-- What 'sre-bot import' loads is old: it is kept from the day it was loaded. Live rows have 1970 there, which compresses to nothing.
ALTER TABLE {database}.request
    ADD COLUMN IF NOT EXISTS imported_at DateTime('UTC') DEFAULT toDateTime(0, 'UTC') COMMENT 'when it was imported; 1970: it came live';

ALTER TABLE {database}.request
    MODIFY TTL greatest(toDateTime(timestamp), imported_at) + toIntervalDay({retention_days}) SETTINGS materialize_ttl_after_modify = 0;

-- The tutorial's aggregates have no project: they stand under '*', for those who may see the whole organization.
CREATE TABLE IF NOT EXISTS {database}.imported_server_metrics
(
    project_id LowCardinality(String),
    server_id LowCardinality(String),
    hour DateTime('UTC'),
    avg_cpu_usage Float64 COMMENT 'percent',
    avg_memory_usage Float64 COMMENT 'percent',
    total_requests UInt64
)
ENGINE = MergeTree
PARTITION BY toDate(hour)
ORDER BY (project_id, server_id, hour)
SETTINGS non_replicated_deduplication_window = 10000;
