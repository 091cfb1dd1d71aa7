-- One row a file that was imported, known by what its lines say.
CREATE TABLE import (
    organization_id bigint NOT NULL REFERENCES organization ON DELETE CASCADE,
    kind text NOT NULL,                          -- request, incident, aggregated_server_metrics
    hash bytea NOT NULL,
    batch uuid NOT NULL,                         -- names the rows in ClickHouse, so that a repeat after a stop adds none twice
    row_count int NOT NULL,
    imported_by text NOT NULL,
    begun_at timestamptz NOT NULL,
    done_at timestamptz,
    PRIMARY KEY (organization_id, kind, hash)
);
ALTER TABLE import ENABLE ROW LEVEL SECURITY;
ALTER TABLE import FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import TO srebot_tenant USING (organization_id = current_setting('sre.organization')::bigint);
GRANT SELECT, INSERT, UPDATE, DELETE ON import TO srebot_tenant;

-- Imported incidents keep their numbers; new ones go on after them. The tenant may raise the sequence by this alone.
DO $$
BEGIN
    EXECUTE format('CREATE FUNCTION pass_incident_numbers(up_to bigint) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = %I, pg_temp AS %L', current_schema(),
        'SELECT setval(''incident_id_seq'', greatest(up_to, last_value)) FROM incident_id_seq');
END $$;
REVOKE ALL ON FUNCTION pass_incident_numbers(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pass_incident_numbers(bigint) TO srebot_tenant;
