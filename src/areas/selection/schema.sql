-- version 1
CREATE SCHEMA selection;

-- One row an item and morning. Profits are minor units of the shop's currency, of the `horizon` days from as_of on; low
-- and high hold 90 %.
CREATE TABLE selection.score (
    as_of DATE NOT NULL,
    item_id VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    verdict VARCHAR NOT NULL,
    explores BOOLEAN NOT NULL,
    horizon BIGINT NOT NULL,
    expected_profit DOUBLE NOT NULL,
    low DOUBLE NOT NULL,
    high DOUBLE NOT NULL,
    reasons_en VARCHAR NOT NULL,
    reasons_zh VARCHAR NOT NULL
);

-- The newest scores.
CREATE VIEW selection.latest AS
SELECT * FROM selection.score WHERE as_of = (SELECT max(as_of) FROM selection.score);
