-- version 1
CREATE SCHEMA features;

-- What each feature was last computed from: its definition, the data it read, and the moment.
CREATE TABLE features.state (
    feature VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    block VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    data_version VARCHAR NOT NULL,
    moment TIMESTAMPTZ NOT NULL,
    computed_at TIMESTAMPTZ NOT NULL
);

-- What was done with features, for the record; each row also tells caches of replies that values changed.
CREATE TABLE features.change (
    changed_at TIMESTAMPTZ NOT NULL,
    what VARCHAR NOT NULL,
    rows BIGINT NOT NULL
);

-- Computing makes the tables features.block_<entity>_<stream> and the public views features.item, features.customer,
-- features.item_place and features.customer_item: keys, moment and every feature of the entity.
