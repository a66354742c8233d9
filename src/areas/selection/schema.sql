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

-- version 2
-- What a day's orders brought in the end, by item: less what was cancelled within two days. The cost of a day is the last
-- stated before, else the item's; where none is known, revenue stands in for profit. Minor units.
CREATE VIEW selection.settled AS
WITH sold AS (
    SELECT item_id, day, units::DOUBLE AS units, coalesce(revenue, units)::DOUBLE AS revenue FROM data.sales_daily
    UNION ALL
    SELECT item_id, (from_day + CAST(days - 1 AS INTEGER))::DATE, coalesce(sum(units), 0)::DOUBLE,
           coalesce(sum(revenue), sum(units), 0)::DOUBLE
    FROM data.sale_counted WHERE days > 1 OR units IS NULL GROUP BY ALL
), costed AS (
    SELECT sold.*, coalesce(cost.unit_cost, item.unit_cost, 0) AS unit_cost
    FROM sold
    JOIN data.product AS item USING (item_id)
    ASOF LEFT JOIN (SELECT item_id, from_day, min(unit_cost) AS unit_cost FROM data.cost GROUP BY ALL) AS cost
        ON cost.item_id = sold.item_id AND sold.day >= cost.from_day
)
SELECT item_id, day, sum(units)::DOUBLE AS units, sum(revenue)::DOUBLE AS revenue,
       sum(revenue - units * unit_cost)::DOUBLE AS profit
FROM costed GROUP BY ALL;

-- Which model said it, what was odd about the item, and the numbers that a decision rests on. baseline: the profit of the
-- days before as long as the horizon. stock_cost: what a place would need for stock.
ALTER TABLE selection.score ADD COLUMN model_version VARCHAR DEFAULT '';
ALTER TABLE selection.score ADD COLUMN flags VARCHAR DEFAULT '';
ALTER TABLE selection.score ADD COLUMN baseline DOUBLE DEFAULT 0;
ALTER TABLE selection.score ADD COLUMN stock_cost DOUBLE DEFAULT 0;
ALTER TABLE selection.score ADD COLUMN stock DOUBLE;
ALTER TABLE selection.score ADD COLUMN units_28 DOUBLE;
ALTER TABLE selection.score ADD COLUMN quiet_days DOUBLE;
ALTER TABLE selection.score ADD COLUMN known_days DOUBLE;
ALTER TABLE selection.score ADD COLUMN return_share DOUBLE;
ALTER TABLE selection.score ADD COLUMN margin_share DOUBLE;
ALTER TABLE selection.score ADD COLUMN price_to_rival DOUBLE;

CREATE OR REPLACE VIEW selection.latest AS
SELECT * FROM selection.score WHERE as_of = (SELECT max(as_of) FROM selection.score);

-- version 3
-- What each item is and how it did on a morning, as numbers: `selection.dimensions` names them. Unit length.
CREATE TABLE selection.vector (
    as_of DATE NOT NULL,
    item_id VARCHAR NOT NULL,
    "values" FLOAT[] NOT NULL
);
-- Doubles on their way into selection.vector; empty outside of its transaction.
CREATE TABLE selection.vector_on_its_way (
    item_id VARCHAR NOT NULL,
    "values" DOUBLE[] NOT NULL
);
-- The items most like each, best first, places from 1; likeness is the cosine of the vectors.
CREATE TABLE selection.neighbour (
    as_of DATE NOT NULL,
    item_id VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    other_id VARCHAR NOT NULL,
    likeness DOUBLE NOT NULL
);
CREATE VIEW selection.neighbour_latest AS
SELECT item_id, place, other_id, likeness FROM selection.neighbour
WHERE as_of = (SELECT max(as_of) FROM selection.neighbour);

-- version 4
-- What competitors' listings offer and which item that is. state: matched, waiting (for a person), accepted, refused, none.
-- suspect: most prices of the file had jumped.
CREATE TABLE selection.rival_offer (
    competitor_id VARCHAR NOT NULL,
    offer_key VARCHAR NOT NULL,
    day DATE NOT NULL,
    title VARCHAR NOT NULL,
    unit_price BIGINT,
    item_id VARCHAR,
    how VARCHAR NOT NULL,
    likeness DOUBLE NOT NULL,
    state VARCHAR NOT NULL,
    suspect BOOLEAN NOT NULL
);
-- What a person said of an offer; kept for all later listings.
CREATE TABLE selection.rival_review (
    competitor_id VARCHAR NOT NULL,
    offer_key VARCHAR NOT NULL,
    item_id VARCHAR NOT NULL,
    accepted BOOLEAN NOT NULL,
    reviewed_by VARCHAR NOT NULL,
    reviewed_at TIMESTAMPTZ NOT NULL
);
CREATE VIEW selection.rival_price AS
SELECT item_id, competitor_id, day, min(unit_price)::BIGINT AS unit_price
FROM selection.rival_offer
WHERE state IN ('matched', 'accepted') AND NOT suspect AND unit_price > 0
GROUP BY ALL;

-- version 5
-- A row with taken_back ends what was said of the same offer before it; no row is ever changed or deleted.
ALTER TABLE selection.rival_review ADD COLUMN taken_back BOOLEAN DEFAULT false;
CREATE VIEW selection.rival_review_standing AS
WITH newest AS (
    SELECT * FROM selection.rival_review
    QUALIFY row_number() OVER (PARTITION BY competitor_id, offer_key ORDER BY reviewed_at DESC, rowid DESC) = 1
)
SELECT competitor_id, offer_key, item_id, accepted, reviewed_by, reviewed_at FROM newest WHERE NOT taken_back;

-- version 6
DROP TABLE selection.vector_on_its_way;

-- version 7
-- The models that the vectors were made with, one of each kind: text, picture. "values": a mean of `width` numbers, then
-- 64 directions of as many, along which what the model gives is reduced. items: those with what the model made of their
-- content; unread: those whose picture could not be read, and problem: why one could not.
CREATE TABLE selection.embedding_model (
    kind VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL,
    width BIGINT NOT NULL,
    fitted_on BIGINT NOT NULL,
    items BIGINT NOT NULL,
    unread BIGINT NOT NULL,
    problem VARCHAR NOT NULL,
    "values" FLOAT[] NOT NULL
);
-- What a model made of a title or picture, reduced; by the content's checksum, so that a day asks only about new ones.
-- problem: why a picture could not be read; else empty.
CREATE TABLE selection.embedding (
    kind VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    problem VARCHAR NOT NULL,
    "values" FLOAT[] NOT NULL
);
