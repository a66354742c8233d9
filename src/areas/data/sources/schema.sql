-- version 1
CREATE SCHEMA sources;

-- How far each source of a server was read; written in the transaction of the load.
CREATE TABLE sources.pull (
    source VARCHAR NOT NULL,
    up_to VARCHAR NOT NULL,
    pulled_at TIMESTAMPTZ NOT NULL
);

-- version 2
-- When all rows of a source with `compare` were last read, so that rows deleted at the server went here.
CREATE TABLE sources.comparison (
    source VARCHAR NOT NULL,
    compared_at TIMESTAMPTZ NOT NULL
);
