-- version 1
CREATE SCHEMA sources;

-- How far each source of a server was read; written in the transaction of the load.
CREATE TABLE sources.pull (
    source VARCHAR NOT NULL,
    up_to VARCHAR NOT NULL,
    pulled_at TIMESTAMPTZ NOT NULL
);
