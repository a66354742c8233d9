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

-- version 2
-- What a receiver is told, filed with the event that it tells of. The id is the receiver's key against doing it twice.
CREATE TABLE decisions.delivery (
    id VARCHAR NOT NULL,
    decision_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- What came of it, in order: rows are only added. `status` is HTTP's, 0 where there was no answer.
CREATE SEQUENCE decisions.attempt_number;
CREATE TABLE decisions.delivery_attempt (
    number BIGINT NOT NULL DEFAULT nextval('decisions.attempt_number'),
    delivery_id VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    attempts BIGINT NOT NULL,
    status BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL,
    next_at TIMESTAMPTZ NOT NULL
);

CREATE VIEW decisions.outbox AS
SELECT d.id, d.decision_id, d.kind, d.event, d.body, d.created_at,
       CASE a.outcome WHEN 'queued' THEN 'waiting' WHEN 'retry' THEN 'waiting' ELSE a.outcome END AS state,
       a.attempts, a.status, a.reason, a.happened_at, a.next_at, a.first_number
FROM decisions.delivery AS d
JOIN (
    SELECT delivery_id, arg_max(outcome, number) AS outcome, arg_max(attempts, number) AS attempts,
           arg_max(status, number) AS status, arg_max(reason, number) AS reason,
           arg_max(happened_at, number) AS happened_at, arg_max(next_at, number) AS next_at,
           min(number) AS first_number
    FROM decisions.delivery_attempt
    GROUP BY delivery_id
) AS a ON a.delivery_id = d.id;

-- version 3
-- Export files that a committed write changed and that are not in their place yet.
CREATE TABLE decisions.awaited_export (
    kind VARCHAR NOT NULL,
    as_of DATE NOT NULL
);

-- version 4
-- What people set of the policies, in order: rows are only added, and the newest of a kind wins over shop.yaml.
CREATE SEQUENCE decisions.policy_number;
CREATE TABLE decisions.policy (
    number BIGINT NOT NULL DEFAULT nextval('decisions.policy_number'),
    kind VARCHAR NOT NULL,
    approve_below DOUBLE NOT NULL,
    daily_limit DOUBLE NOT NULL,
    expire_after_hours BIGINT NOT NULL,
    set_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    set_at TIMESTAMPTZ NOT NULL
);
