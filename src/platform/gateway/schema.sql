-- version 1
CREATE SCHEMA gateway;

-- The secret of a key is shown once and never stored; its BLAKE2b hash is.
CREATE TABLE gateway.api_key (
    key_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    secret_hash VARCHAR NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by VARCHAR NOT NULL,
    revoked_at TIMESTAMPTZ
);

-- What a write with an Idempotency-Key answered. status 0: begun, its end is not known; -1: failed in a way that may
-- pass, so that the same key may try again.
CREATE TABLE gateway.idempotency (
    principal VARCHAR NOT NULL,
    operation VARCHAR NOT NULL,
    idempotency_key VARCHAR NOT NULL,
    request_hash VARCHAR NOT NULL,
    status INTEGER NOT NULL,
    reply VARCHAR NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (principal, operation, idempotency_key)
);
