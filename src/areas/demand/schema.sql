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

-- version 6
-- One row an item, place and day of forecasting; the places of an item add up to its row in demand.forecast, whose
-- periods, window and levels they share. own_window_mean: before they were made to; share: of the item's newest eight
-- weeks; error: of the place's own forecasts.
CREATE TABLE demand.place_forecast (
    as_of DATE NOT NULL,
    item_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    mean DOUBLE[] NOT NULL,
    window_mean DOUBLE NOT NULL,
    window_quantiles DOUBLE[] NOT NULL,
    own_window_mean DOUBLE NOT NULL,
    share DOUBLE NOT NULL,
    baseline_mean DOUBLE NOT NULL,
    error DOUBLE NOT NULL,
    baseline_error DOUBLE NOT NULL,
    judged BIGINT NOT NULL,
    model_version VARCHAR NOT NULL
);

-- What a window's forecast became more by being the sum of its places' own; a part of window_mean as those of version 4
-- are. NULL where it is not that sum.
ALTER TABLE demand.forecast ADD COLUMN places_part DOUBLE;
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

-- Public: the same after planners' overrides of the item, which change all its places alike.
CREATE VIEW demand.place_planned AS
WITH parts AS (
    SELECT p.* EXCLUDE (share), f.first_period, f.period_days, f.window_periods, f.levels, f.planned_mean, f.mean AS item_mean,
           f.planned_window_mean, f.planned_window_quantiles, f.window_mean AS item_window_mean,
           CASE WHEN f.window_mean > 0 THEN p.window_mean / f.window_mean
                ELSE 1 / (count(*) OVER (PARTITION BY as_of, item_id)) END AS share
    FROM demand.place_forecast AS p
    JOIN demand.forecast AS f USING (as_of, item_id)
)
SELECT as_of, item_id, place_id, method, first_period, period_days, window_periods, levels,
       CASE WHEN planned_mean IS NULL THEN mean
            ELSE list_transform(mean, lambda units, n:
                CASE WHEN item_mean[n] > 0 THEN units * planned_mean[n] / item_mean[n] ELSE share * planned_mean[n] END)
       END AS mean,
       CASE WHEN planned_window_mean IS NULL THEN window_mean ELSE share * planned_window_mean END AS window_mean,
       CASE WHEN planned_window_mean IS NULL THEN window_quantiles
            WHEN item_window_mean > 0 THEN
                list_transform(window_quantiles, lambda units: units * planned_window_mean / item_window_mean)
            ELSE list_transform(planned_window_quantiles, lambda units: units * share) END AS window_quantiles,
       window_mean AS model_window_mean, own_window_mean, baseline_mean, error, baseline_error, judged, model_version
FROM parts;
CREATE VIEW demand.latest_place_planned AS
SELECT * FROM demand.place_planned WHERE as_of = (SELECT max(as_of) FROM demand.forecast);

-- version 7
-- What models that serve nobody said of an item on a Monday: units of the four weeks from then on. NULL: they saw too
-- little of it. areas/selection learns from them.
CREATE TABLE demand.signal (
    as_of DATE NOT NULL,
    item_id VARCHAR NOT NULL,
    prophet DOUBLE,
    lstm DOUBLE
);

-- What sold by periods of 7 days and of 1, by the first day of the period.
CREATE VIEW demand.sold AS
SELECT 7 AS step, item_id, week AS day, units FROM data.sales_weekly
UNION ALL
SELECT 1 AS step, item_id, day, units FROM data.sales_daily;
