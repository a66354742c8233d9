-- version 1
CREATE SCHEMA labels;

-- What annotators are asked, by version: kind, instructions, classes and so on as JSON. Rows are never changed.
CREATE TABLE labels.version (
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    definition VARCHAR NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by VARCHAR NOT NULL
);

-- Versions whose labels a model was or will be trained on: nothing of them changes any more.
CREATE TABLE labels.frozen (
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    hash VARCHAR NOT NULL,
    frozen_at TIMESTAMPTZ NOT NULL,
    frozen_by VARCHAR NOT NULL
);

-- What is to be labelled, the same for all versions of a set. Rows are never changed. record is a JSON object.
CREATE TABLE labels.task (
    set_name VARCHAR NOT NULL,
    number BIGINT NOT NULL,
    task_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    picture VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    added_by VARCHAR NOT NULL
);

-- Tasks whose label is known beforehand: they measure annotators and rules.
CREATE TABLE labels.gold (
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    task_id VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    given_at TIMESTAMPTZ NOT NULL,
    given_by VARCHAR NOT NULL
);

-- At most one row for a version, task and annotator. place counts the tasks that the annotator was given.
CREATE TABLE labels.lease (
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    task_id VARCHAR NOT NULL,
    annotator VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

-- Rows are only added: a correction is a further row. A row without a label is a task that was skipped.
CREATE SEQUENCE labels.annotation_number;
CREATE TABLE labels.annotation (
    number BIGINT NOT NULL DEFAULT nextval('labels.annotation_number'),
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    task_id VARCHAR NOT NULL,
    annotator VARCHAR NOT NULL,
    label VARCHAR,
    note VARCHAR NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL
);

-- Rows are only added; an adjudication stands over a majority, a later one over an earlier one.
CREATE SEQUENCE labels.settlement_number;
CREATE TABLE labels.settlement (
    number BIGINT NOT NULL DEFAULT nextval('labels.settlement_number'),
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    task_id VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    settled_by VARCHAR NOT NULL,
    settled_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE labels.rule (
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    regex VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    predicate VARCHAR NOT NULL
);

-- What the rules say together.
CREATE TABLE labels.guess (
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    task_id VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL
);

-- How unsure a model is of a task, from 0 to 1, and the place in the order of labelling that follows.
CREATE TABLE labels.score (
    set_name VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    task_id VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    strategy VARCHAR NOT NULL,
    explore DOUBLE NOT NULL,
    seed BIGINT NOT NULL,
    uncertainty DOUBLE NOT NULL,
    place BIGINT NOT NULL
);

CREATE VIEW labels.current_annotation AS
SELECT set_name, version, task_id, annotator, entry.label AS label, entry.note AS note
FROM (SELECT set_name, version, task_id, annotator,
             arg_max(struct_pack(label := label, note := note), number) AS entry
      FROM labels.annotation
      GROUP BY ALL);

-- Votes by task; `leader` is the only one of its kind where 2 * most > votes.
CREATE VIEW labels.tally AS
SELECT set_name, version, task_id,
       sum(votes)::BIGINT AS votes, max(votes)::BIGINT AS most, arg_max(label, votes) AS leader
FROM (SELECT set_name, version, task_id, label, count(*) AS votes
      FROM labels.current_annotation
      WHERE label IS NOT NULL
      GROUP BY ALL)
GROUP BY ALL;

-- The label that stands, for tasks that have one: public to other areas.
CREATE VIEW labels.settled AS
SELECT set_name, version, task_id,
       arg_max(label, rank) AS label, arg_max(method, rank) AS method, arg_max(reason, rank) AS reason
FROM (SELECT *, number + CASE method WHEN 'adjudicated' THEN 1e15 ELSE 0 END AS rank FROM labels.settlement)
GROUP BY ALL;
