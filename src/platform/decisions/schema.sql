-- version 1
CREATE SCHEMA decisions;

-- What was proposed, as it was proposed: rows are never changed.
CREATE TABLE decisions.decision (
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    arguments VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    expected VARCHAR NOT NULL,
    summary_en VARCHAR NOT NULL,
    summary_zh VARCHAR NOT NULL,
    value BIGINT NOT NULL,
    currency VARCHAR NOT NULL,
    urgency DOUBLE NOT NULL,
    deadline TIMESTAMPTZ NOT NULL,
    proposed_by VARCHAR NOT NULL,
    hash VARCHAR NOT NULL
);

-- What happened to it, in order: rows are only added.
CREATE SEQUENCE decisions.event_number;
CREATE TABLE decisions.event (
    number BIGINT NOT NULL DEFAULT nextval('decisions.event_number'),
    decision_id VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    payload VARCHAR NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL
);

CREATE VIEW decisions.state AS
SELECT decision_id, arg_max(state, number) AS state, arg_max(actor, number) AS actor,
       arg_max(reason, number) AS reason, max(happened_at) AS changed_at
FROM decisions.event
GROUP BY decision_id;

CREATE VIEW decisions.current AS
SELECT d.*, s.state, s.actor AS last_actor, s.reason AS last_reason, s.changed_at
FROM decisions.decision AS d
JOIN decisions.state AS s ON s.decision_id = d.id;
