"""Decisions and their events in SQLite behind FastAPI, each request one transaction that is on disk before its reply.

usage: peer_fastapi.py FILE PORT

The same tables and checks as the approval of Suanpan: the hash that was seen, who proposed, the deadline, the state.
"""

import sqlite3
import sys
import threading
import time

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

SCHEMA = """
CREATE TABLE IF NOT EXISTS decision (
    id TEXT PRIMARY KEY, kind TEXT, subject TEXT, as_of TEXT, arguments TEXT, evidence TEXT, expected TEXT,
    summary_en TEXT, summary_zh TEXT, value INTEGER, currency TEXT, urgency REAL, deadline REAL, proposed_by TEXT,
    hash TEXT);
CREATE TABLE IF NOT EXISTS event (
    number INTEGER PRIMARY KEY, decision_id TEXT, event TEXT, state TEXT, actor TEXT, reason TEXT, payload TEXT,
    happened_at REAL);
CREATE INDEX IF NOT EXISTS event_of_decision ON event (decision_id, number);
"""
ADD_EVENT = "INSERT INTO event (decision_id, event, state, actor, reason, payload, happened_at) VALUES (?,?,?,?,?,?,?)"


def connect(file):
    connection = sqlite3.connect(file, isolation_level=None, timeout=60)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 1000")
    return connection


def propose(connection, rows):
    """Files proposals with their three events each in one transaction."""
    now = time.time()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO decision VALUES ({','.join('?' * 15)})", rows)
    connection.executemany(ADD_EVENT, [
        (row[0], event, state, actor, "", "{}", now) for row in rows
        for event, state, actor in (("propose", "proposed", row[13]), ("guard_passed", "guarded", "guardrail"),
                                    ("audit_passed", "audited", "audit"))])
    connection.execute("COMMIT")


class Choice(BaseModel):
    ids: list[str]
    hashes: list[str]


class Outcome(BaseModel):
    id: str
    state: str
    error: str | None = None


class Chosen(BaseModel):
    done: int
    failed: int
    decisions: list[Outcome]


def approve_one(connection, decision, seen, now):
    row = connection.execute(
        "SELECT d.hash, d.proposed_by, d.deadline, e.state FROM decision AS d JOIN event AS e ON e.decision_id = d.id "
        "WHERE d.id = ? ORDER BY e.number DESC LIMIT 1", (decision,)).fetchone()
    if row is None:
        return Outcome(id=decision, state="", error="there is no such decision")
    stored, proposed_by, deadline, state = row
    if stored != seen or proposed_by == "key:bench" or deadline < now or state != "audited":
        return Outcome(id=decision, state=state, error="it cannot be approved")
    connection.execute(ADD_EVENT, (decision, "approve", "approved", "key:bench", "", "{}", now))
    return Outcome(id=decision, state="approved")


app = FastAPI()
local = threading.local()


@app.post("/approve")
def approve(choice: Choice) -> Chosen:
    if not hasattr(local, "connection"):
        local.connection = connect(sys.argv[1])
    now = time.time()
    local.connection.execute("BEGIN IMMEDIATE")
    outcomes = [approve_one(local.connection, *pair, now) for pair in zip(choice.ids, choice.hashes)]
    local.connection.execute("COMMIT")
    failed = sum(one.error is not None for one in outcomes)
    return Chosen(done=len(outcomes) - failed, failed=failed, decisions=outcomes)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), loop="uvloop", http="httptools", access_log=False,
                log_level="error")
