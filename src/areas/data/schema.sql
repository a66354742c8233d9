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
