-- How far the roll-ups of another's table are back-filled: a row a stretch that is counted.
CREATE TABLE IF NOT EXISTS {database}.source_fill
(
    mapping String,
    rollup LowCardinality(String),
    cut DateTime64(3, 'UTC') COMMENT 'the view counts what ended from here on',
    from_time DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (mapping, rollup, cut, from_time);
