-- version 1
CREATE SCHEMA demand;

-- One row an item and day of forecasting. Periods are weeks from Monday; the window is what an order has to last.
CREATE TABLE demand.forecast (
    as_of DATE NOT NULL,
    item_id VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    first_period DATE NOT NULL,
    mean DOUBLE[] NOT NULL,
    window_periods BIGINT NOT NULL,
    window_mean DOUBLE NOT NULL,
    levels DOUBLE[] NOT NULL,
    window_quantiles DOUBLE[] NOT NULL,
    baseline_mean DOUBLE NOT NULL,
    error DOUBLE NOT NULL,
    baseline_error DOUBLE NOT NULL,
    periods BIGINT NOT NULL
);

-- The newest forecast of each item.
CREATE VIEW demand.latest AS
SELECT * FROM demand.forecast WHERE as_of = (SELECT max(as_of) FROM demand.forecast);

-- version 2
-- Periods are of period_days days, 7 or 1; the model's version made the forecast; the errors rest on `judged` windows.
ALTER TABLE demand.forecast ADD COLUMN judged BIGINT DEFAULT 0;
ALTER TABLE demand.forecast ADD COLUMN period_days BIGINT DEFAULT 7;
ALTER TABLE demand.forecast ADD COLUMN model VARCHAR DEFAULT '';
ALTER TABLE demand.forecast ADD COLUMN model_version VARCHAR DEFAULT '';
CREATE OR REPLACE VIEW demand.latest AS
SELECT * FROM demand.forecast WHERE as_of = (SELECT max(as_of) FROM demand.forecast);

-- version 3
-- What a planner says of an item's demand from a day until another one (both included), beside the model's number:
-- either units a period or a factor of the model's. In force for forecasts from made_on on, until it ends or is withdrawn.
CREATE TABLE demand.override (
    override_id BIGINT NOT NULL,
    item_id VARCHAR NOT NULL,
    made_on DATE NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE NOT NULL,
    units DOUBLE,
    factor DOUBLE,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    withdrawn_on DATE
);
-- The numbers after overrides, where there are any; the model's stay as they were.
ALTER TABLE demand.forecast ADD COLUMN planned_mean DOUBLE[];
ALTER TABLE demand.forecast ADD COLUMN planned_window_mean DOUBLE;
ALTER TABLE demand.forecast ADD COLUMN planned_window_quantiles DOUBLE[];
ALTER TABLE demand.forecast ADD COLUMN override_id BIGINT;
CREATE OR REPLACE VIEW demand.latest AS
SELECT * FROM demand.forecast WHERE as_of = (SELECT max(as_of) FROM demand.forecast);

-- Public: what orders are made from. mean and window are the planner's where there is an override, else the model's.
CREATE VIEW demand.planned AS
SELECT f.* REPLACE (
           coalesce(planned_mean, mean) AS mean,
           coalesce(planned_window_mean, window_mean) AS window_mean,
           coalesce(planned_window_quantiles, window_quantiles) AS window_quantiles
       ),
       mean AS model_mean, window_mean AS model_window_mean
FROM demand.forecast AS f;
CREATE VIEW demand.latest_planned AS
SELECT * FROM demand.planned WHERE as_of = (SELECT max(as_of) FROM demand.forecast);

-- version 4
-- What a window's forecast is made of; the parts add up to window_mean. season: a value a period of the window. alike:
-- what the beginnings of other items add to a new item's own sales. NULL in forecasts of older versions.
ALTER TABLE demand.forecast ADD COLUMN base_part DOUBLE;
ALTER TABLE demand.forecast ADD COLUMN trend_part DOUBLE;
ALTER TABLE demand.forecast ADD COLUMN season_part DOUBLE[];
ALTER TABLE demand.forecast ADD COLUMN cut_part DOUBLE;
ALTER TABLE demand.forecast ADD COLUMN alike_part DOUBLE;
-- The items whose beginnings stood in for a new item's, the likest first, places from 1.
CREATE TABLE demand.beginning (
    as_of DATE NOT NULL,
    item_id VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    other_id VARCHAR NOT NULL,
    likeness DOUBLE NOT NULL
);
CREATE OR REPLACE VIEW demand.latest AS
SELECT * FROM demand.forecast WHERE as_of = (SELECT max(as_of) FROM demand.forecast);
CREATE OR REPLACE VIEW demand.planned AS
SELECT f.* REPLACE (
           coalesce(planned_mean, mean) AS mean,
           coalesce(planned_window_mean, window_mean) AS window_mean,
           coalesce(planned_window_quantiles, window_quantiles) AS window_quantiles
       ),
       mean AS model_mean, window_mean AS model_window_mean
FROM demand.forecast AS f;
CREATE OR REPLACE VIEW demand.latest_planned AS
SELECT * FROM demand.planned WHERE as_of = (SELECT max(as_of) FROM demand.forecast);

-- version 5
-- What one model of all items adds to an item's own method, and what promotions that are planned add (NULL where the
-- number knows of none); parts of window_mean as those of version 4 are.
ALTER TABLE demand.forecast ADD COLUMN shared_part DOUBLE;
ALTER TABLE demand.forecast ADD COLUMN promotion_part DOUBLE;
CREATE OR REPLACE VIEW demand.latest AS
SELECT * FROM demand.forecast WHERE as_of = (SELECT max(as_of) FROM demand.forecast);
CREATE OR REPLACE VIEW demand.planned AS
SELECT f.* REPLACE (
           coalesce(planned_mean, mean) AS mean,
           coalesce(planned_window_mean, window_mean) AS window_mean,
           coalesce(planned_window_quantiles, window_quantiles) AS window_quantiles
       ),
       mean AS model_mean, window_mean AS model_window_mean
FROM demand.forecast AS f;
CREATE OR REPLACE VIEW demand.latest_planned AS
SELECT * FROM demand.planned WHERE as_of = (SELECT max(as_of) FROM demand.forecast);
