-- version 1
CREATE SCHEMA jobs;

CREATE TABLE jobs.run (
    run_id BIGINT NOT NULL,
    job VARCHAR NOT NULL,
    run_key VARCHAR NOT NULL,
    pid BIGINT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL
);

-- A step's end; rows are only added.
CREATE TABLE jobs.step (
    run_id BIGINT NOT NULL,
    step VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    attempts BIGINT NOT NULL,
    seconds DOUBLE NOT NULL,
    note VARCHAR NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL
);

CREATE VIEW jobs.history AS
SELECT r.run_id, r.job, r.run_key, r.started_at,
       count(s.step) FILTER (s.state = 'done')::BIGINT AS steps_done,
       coalesce(bool_or(s.step = '' AND s.state = 'done'), false) AS finished,
       coalesce(arg_max(s.note, s.finished_at) FILTER (s.state = 'failed'), '') AS failure
FROM jobs.run AS r
LEFT JOIN jobs.step AS s USING (run_id)
GROUP BY ALL;

-- version 2
CREATE TABLE jobs.scheduled (
    operation VARCHAR NOT NULL,
    last_at TIMESTAMPTZ NOT NULL
);

-- version 3
-- A run that died and was taken up is one row; `seconds` is work, without the time that it lay dead.
CREATE OR REPLACE VIEW jobs.history AS
SELECT r.run_id, r.job, r.run_key, r.started_at, max(s.finished_at) AS last_at,
       coalesce(sum(s.seconds), 0)::DOUBLE AS seconds,
       count(s.step) FILTER (s.state = 'done' AND s.step <> '')::BIGINT AS steps_done,
       count(s.step) FILTER (s.state = 'failed')::BIGINT AS failures,
       coalesce(bool_or(s.step = '' AND s.state = 'done'), false) AS finished,
       coalesce(arg_max(s.note, s.finished_at) FILTER (s.state = 'failed'), '') AS failure
FROM jobs.run AS r
LEFT JOIN jobs.step AS s USING (run_id)
GROUP BY ALL;

-- version 4
-- What was scheduled while the program ran; rows are only added, the newest of an operation counts over shop.yaml.
-- An empty text: not by itself.
CREATE TABLE jobs.schedule (
    operation VARCHAR NOT NULL,
    schedule VARCHAR NOT NULL,
    changed_by VARCHAR NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
