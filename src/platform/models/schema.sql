-- version 1
CREATE SCHEMA models;

-- A trained version; its folder is models/<name>/<version>/ of the shop. `card` is the text of card.json.
CREATE TABLE models.version (
    name VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    card VARCHAR NOT NULL,
    PRIMARY KEY (name, version)
);

-- Which version serves from then on: rows are only added. decision_id is empty for the first version of a model.
CREATE SEQUENCE models.change_number;
CREATE TABLE models.change (
    number BIGINT NOT NULL DEFAULT nextval('models.change_number'),
    name VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    decision_id VARCHAR NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL
);

-- Changes that stand: where the decision was taken back, the version before it serves again.
CREATE VIEW models.standing_change AS
SELECT number, name, version
FROM models.change AS c
WHERE NOT EXISTS (
    SELECT 1 FROM decisions.event AS e WHERE e.decision_id = c.decision_id AND e.event = 'roll_back'
);

-- `previous` is the version that served before; NULL for the first.
CREATE VIEW models.serving AS
SELECT name, version, previous
FROM (
    SELECT name, version, number,
           lag(version) OVER (PARTITION BY name ORDER BY number) AS previous,
           max(number) OVER (PARTITION BY name) AS newest
    FROM models.standing_change
)
WHERE number = newest;
