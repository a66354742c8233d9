-- version 1
CREATE SCHEMA data;

-- One row a file that was read; a file's bytes and mapping are its identity.
CREATE TABLE data.load (
    load_id BIGINT NOT NULL,
    source VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    "read" BIGINT NOT NULL,
    loaded BIGINT NOT NULL,
    mended BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    unchanged BIGINT NOT NULL
);

-- A row that could not be used, as it came, with where and why.
CREATE TABLE data.quarantine (
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL,
    column_name VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    raw VARCHAR NOT NULL
);

CREATE TABLE data.mend (
    load_id BIGINT NOT NULL,
    rule VARCHAR NOT NULL,
    rows BIGINT NOT NULL
);

-- Amounts are in minor units of the shop's currency. load_id and source_line say which file and line a row came from.
CREATE TABLE data.order_line (
    order_id VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    item_id VARCHAR NOT NULL,
    customer_id VARCHAR,
    place_id VARCHAR,
    ordered_at TIMESTAMPTZ NOT NULL,
    day DATE NOT NULL,
    quantity BIGINT NOT NULL,
    cancelled_quantity BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.return_line (
    return_id VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    order_id VARCHAR,
    order_line BIGINT,
    item_id VARCHAR NOT NULL,
    customer_id VARCHAR,
    place_id VARCHAR,
    returned_at TIMESTAMPTZ NOT NULL,
    day DATE NOT NULL,
    quantity BIGINT NOT NULL,
    unit_price BIGINT,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.item (
    item_id VARCHAR NOT NULL,
    title VARCHAR,
    category VARCHAR,
    product BOOLEAN NOT NULL,
    unit_cost BIGINT,
    unit_price BIGINT,
    supplier_id VARCHAR,
    listed_on DATE,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.customer (
    customer_id VARCHAR NOT NULL,
    place_id VARCHAR,
    joined_on DATE,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.place (
    place_id VARCHAR NOT NULL,
    title VARCHAR,
    country VARCHAR,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.price (
    item_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    unit_price BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.promotion (
    promotion_id VARCHAR NOT NULL,
    item_id VARCHAR NOT NULL,
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    discount DOUBLE,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.stock (
    item_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    on_hand BIGINT NOT NULL,
    on_order BIGINT NOT NULL,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.supplier (
    supplier_id VARCHAR NOT NULL,
    title VARCHAR,
    lead_time_days DOUBLE,
    lead_time_sd_days DOUBLE,
    pack_size BIGINT,
    minimum_units BIGINT,
    minimum_value BIGINT,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.calendar (
    day DATE NOT NULL,
    title VARCHAR,
    holiday BOOLEAN,
    closed BOOLEAN,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

-- Public views: what other areas read.

-- Demand by item and day: units ordered less those cancelled before they could ship.
CREATE VIEW data.sales_daily AS
SELECT item_id,
       day,
       sum(quantity - cancelled_quantity)::BIGINT AS units,
       sum((quantity - cancelled_quantity) * order_line.unit_price)::BIGINT AS revenue
FROM data.order_line
JOIN data.item USING (item_id)
WHERE product
GROUP BY ALL;

-- By item and Monday-to-Sunday week, named by its Monday.
CREATE VIEW data.sales_weekly AS
SELECT item_id,
       date_trunc('week', day)::DATE AS week,
       sum(units)::BIGINT AS units,
       sum(revenue)::BIGINT AS revenue
FROM data.sales_daily
GROUP BY ALL;

CREATE VIEW data.span AS
SELECT min(day) AS first_day, max(day) AS last_day FROM data.order_line;

-- The newest count of stock by item, all places together.
CREATE VIEW data.stock_by_day AS
SELECT item_id, day, sum(on_hand)::BIGINT AS on_hand, sum(on_order)::BIGINT AS on_order
FROM data.stock
GROUP BY ALL;

CREATE VIEW data.product AS
SELECT item_id, title, category, unit_cost, unit_price, supplier_id, listed_on
FROM data.item
WHERE product;

-- version 2
-- More of what a shop knows; each table and field is described in docs/reference/tables.md.
CREATE TABLE data.sale (
    item_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    from_day DATE NOT NULL,
    days BIGINT NOT NULL,
    units BIGINT,
    revenue BIGINT,
    customers BIGINT,
    open BOOLEAN,
    promoted DOUBLE,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.event (
    event_id VARCHAR NOT NULL,
    event_name VARCHAR NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL,
    day DATE NOT NULL,
    customer_id VARCHAR,
    session_id VARCHAR,
    item_id VARCHAR,
    place_id VARCHAR,
    order_id VARCHAR,
    quantity BIGINT,
    value BIGINT,
    list_id VARCHAR,
    position BIGINT,
    propensity DOUBLE,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.traffic (
    item_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    channel VARCHAR NOT NULL,
    impressions BIGINT,
    views BIGINT,
    visitors BIGINT,
    carts BIGINT,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.review (
    review_id VARCHAR NOT NULL,
    item_id VARCHAR,
    customer_id VARCHAR,
    order_id VARCHAR,
    written_at TIMESTAMPTZ,
    day DATE,
    rating DOUBLE,
    title VARCHAR,
    body VARCHAR,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.variant (
    item_id VARCHAR NOT NULL,
    product_id VARCHAR NOT NULL,
    title VARCHAR,
    barcode VARCHAR,
    position BIGINT,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.attribute (
    item_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.cost (
    item_id VARCHAR NOT NULL,
    from_day DATE NOT NULL,
    unit_cost BIGINT NOT NULL,
    supplier_id VARCHAR,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.competitor_price (
    item_id VARCHAR NOT NULL,
    competitor_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    unit_price BIGINT NOT NULL,
    shipping BIGINT,
    rating DOUBLE,
    available BOOLEAN,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.receipt (
    receipt_id VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    purchase_id VARCHAR,
    supplier_id VARCHAR,
    item_id VARCHAR NOT NULL,
    place_id VARCHAR,
    ordered_on DATE,
    received_on DATE NOT NULL,
    quantity BIGINT NOT NULL,
    unit_cost BIGINT,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.weather (
    place_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    temperature_c DOUBLE,
    temperature_max_c DOUBLE,
    temperature_min_c DOUBLE,
    rain_mm DOUBLE,
    wind_ms DOUBLE,
    condition VARCHAR,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

CREATE TABLE data.indicator (
    place_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    name VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

-- Sums of sales that count: not where orders of the same item tell the same week. A period of several days counts in the
-- Monday-to-Sunday week of its middle day.
CREATE VIEW data.sale_counted AS
WITH sums AS (
    SELECT *, date_trunc('week', from_day + CAST(days // 2 AS INTEGER))::DATE AS week FROM data.sale
), ordered AS (
    SELECT DISTINCT item_id, date_trunc('week', day)::DATE AS week
    FROM data.order_line SEMI JOIN data.sale USING (item_id)
)
SELECT item_id, place_id, from_day, days, week, units, revenue, customers, open, promoted
FROM sums ANTI JOIN ordered USING (item_id, week);

-- Demand by item and day: units ordered less those cancelled before they could ship, and sums of sales by day.
-- Revenue is NULL where a sum of sales does not tell it.
CREATE OR REPLACE VIEW data.sales_daily AS
SELECT item_id,
       day,
       sum(quantity - cancelled_quantity)::BIGINT AS units,
       sum((quantity - cancelled_quantity) * order_line.unit_price)::BIGINT AS revenue
FROM data.order_line
JOIN data.item USING (item_id)
WHERE product
GROUP BY ALL
UNION ALL
SELECT item_id, from_day AS day, sum(units)::BIGINT AS units, sum(revenue)::BIGINT AS revenue
FROM data.sale_counted
WHERE days = 1 AND units IS NOT NULL
GROUP BY ALL;

-- By item and Monday-to-Sunday week, named by its Monday.
CREATE OR REPLACE VIEW data.sales_weekly AS
SELECT item_id, week, sum(units)::BIGINT AS units, sum(revenue)::BIGINT AS revenue
FROM (
    SELECT item_id, date_trunc('week', day)::DATE AS week, units, revenue FROM data.sales_daily
    UNION ALL
    SELECT item_id, week, units, revenue FROM data.sale_counted WHERE days > 1 AND units IS NOT NULL
)
GROUP BY ALL;

-- By item, place and day: units or revenue may be NULL where the shop does not tell them. place_id is "all" where unknown.
CREATE VIEW data.sales_by_place_daily AS
SELECT item_id,
       coalesce(place_id, 'all') AS place_id,
       day,
       sum(quantity - cancelled_quantity)::BIGINT AS units,
       sum((quantity - cancelled_quantity) * order_line.unit_price)::BIGINT AS revenue,
       NULL::DOUBLE AS promoted,
       NULL::BOOLEAN AS open
FROM data.order_line
JOIN data.item USING (item_id)
WHERE product
GROUP BY ALL
UNION ALL
SELECT item_id, place_id, from_day AS day, units, revenue, promoted, open
FROM data.sale_counted
WHERE days = 1;

CREATE VIEW data.sales_by_place_weekly AS
SELECT item_id, place_id, week, sum(units)::BIGINT AS units, sum(revenue)::BIGINT AS revenue, avg(promoted) AS promoted
FROM (
    SELECT item_id, place_id, date_trunc('week', day)::DATE AS week, units, revenue, promoted
    FROM data.sales_by_place_daily
    UNION ALL
    SELECT item_id, place_id, week, units, revenue, promoted FROM data.sale_counted WHERE days > 1
)
GROUP BY ALL;

CREATE OR REPLACE VIEW data.span AS
SELECT min(first_day) AS first_day, max(last_day) AS last_day
FROM (
    SELECT min(day) AS first_day, max(day) AS last_day FROM data.order_line
    UNION ALL
    SELECT min(from_day), max(from_day + CAST(days - 1 AS INTEGER)) FROM data.sale
);

-- version 3
-- Where a load's file lay, and what became of older rows. A replay is a load of rows that another one had set aside.
CREATE TABLE data.load_detail (
    load_id BIGINT NOT NULL,
    path VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    modified_at TIMESTAMPTZ,
    replay_of BIGINT,
    replaced BIGINT NOT NULL,
    removed BIGINT NOT NULL
);

-- Loads whose file came again, corrected, where the mapping says `replaces: file`.
CREATE TABLE data.replaced_load (
    load_id BIGINT NOT NULL,
    replaced_by BIGINT NOT NULL
);

-- The mappings that were put in place of others, with their texts.
CREATE TABLE data.mapping_version (
    put_at TIMESTAMPTZ NOT NULL,
    put_by VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);

-- Rows that look wrong and count all the same. Written anew by data.check.
CREATE TABLE data.flag (
    table_name VARCHAR NOT NULL,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL,
    item_id VARCHAR,
    rule VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    expected DOUBLE NOT NULL,
    score DOUBLE NOT NULL
);

-- Days without sales that do not mean that nobody wanted the item. Written anew by data.check.
CREATE TABLE data.stock_out (
    item_id VARCHAR NOT NULL,
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    how VARCHAR NOT NULL,
    probability DOUBLE NOT NULL
);

-- Public: an item and a day on which its demand could not be seen. how: "counted" (the counts of stock say none was
-- there), "received" (sales began again with a receipt) or "inferred" (too long without a sale for the item's rate);
-- probability: of so long a run of days without a sale while there was stock.
CREATE VIEW data.stock_out_days AS
SELECT item_id, CAST(unnest(range(from_day, to_day + 1, INTERVAL 1 DAY)) AS DATE) AS day, how, probability
FROM data.stock_out;

-- What the tests of the mapping found after a load. sample is the first row found, as JSON.
CREATE TABLE data.test_result (
    load_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    sample VARCHAR NOT NULL,
    tested_at TIMESTAMPTZ NOT NULL
);

-- What data.check found unusual about a load or a source.
CREATE TABLE data.alarm (
    load_id BIGINT NOT NULL,
    source VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    threshold DOUBLE NOT NULL,
    en VARCHAR NOT NULL,
    zh VARCHAR NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL
);

-- Public: alarms, the newest first.
CREATE VIEW data.alarms AS FROM data.alarm ORDER BY raised_at DESC, load_id DESC;

-- People who are erased, by the keyed hash of what they were known by. Loads leave them out.
CREATE TABLE data.erased (
    pseudonym VARCHAR NOT NULL,
    erased_at TIMESTAMPTZ NOT NULL
);

-- version 4
-- Public: an item, a place and a day on which its demand there could not be seen: the counts of stock at that place say
-- that none was there, or it was out of stock everywhere without having been counted.
CREATE VIEW data.stock_out_days_by_place AS
WITH runs AS (
    SELECT item_id, place_id, day, on_hand,
           CASE WHEN lead(on_hand) OVER by_place <= 0 THEN lead(day) OVER by_place END AS next_day
    FROM data.stock
    WINDOW by_place AS (PARTITION BY item_id, place_id ORDER BY day)
)
SELECT item_id, place_id,
       CAST(unnest(range(day, coalesce(next_day, day + 1), INTERVAL 1 DAY)) AS DATE) AS day
FROM runs
WHERE on_hand <= 0
UNION
SELECT item_id, place_id, day
FROM data.stock_out_days
JOIN (SELECT DISTINCT item_id, place_id FROM data.sales_by_place_daily) USING (item_id)
WHERE how <> 'counted';

-- version 5
-- What suppliers ask where more is ordered; supplier_id is "all" where it holds for any.
CREATE TABLE data.price_break (
    item_id VARCHAR NOT NULL,
    supplier_id VARCHAR NOT NULL,
    from_units BIGINT NOT NULL,
    unit_cost BIGINT NOT NULL,
    incremental BOOLEAN,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

-- Which place is supplied from which; a place has one that supplies it.
CREATE TABLE data.place_link (
    to_place_id VARCHAR NOT NULL,
    from_place_id VARCHAR NOT NULL,
    lead_time_days DOUBLE NOT NULL,
    service_days DOUBLE,
    holding_share DOUBLE,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);

-- Of those who miss the item, the share who take the other.
CREATE TABLE data.substitute (
    item_id VARCHAR NOT NULL,
    other_item_id VARCHAR NOT NULL,
    share DOUBLE NOT NULL,
    load_id BIGINT NOT NULL,
    source_line BIGINT NOT NULL
);
