-- version 1
CREATE SCHEMA settings;

-- What people set over shop.yaml; rows are only added, the newest of an option counts.
CREATE SEQUENCE settings.numbers;
CREATE TABLE settings.change (
    number BIGINT PRIMARY KEY DEFAULT nextval('settings.numbers'),
    option VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    cleared BOOLEAN NOT NULL,  -- back to what shop.yaml says
    set_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    set_at TIMESTAMPTZ NOT NULL
);
