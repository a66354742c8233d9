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
