// Run by tests/clients_door_test.py with URL and KEY of a server.
import assert from "node:assert/strict";
import test from "node:test";
import { Problem, Shop } from "./src/client.ts";

const { URL: url, KEY: key } = process.env;

function answering(...answers) {
  const asked = [];
  const pauses = [];
  const shop = new Shop("http://shop.example/", "k", {
    attempts: 4,
    sleep: async (ms) => void pauses.push(ms),
    fetch: async (address, options) => {
      asked.push({ address, ...options });
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return new Response(answer.body, { status: answer.status, headers: { "Retry-After": "3" } });
    },
  });
  return { shop, asked, pauses };
}

test("work that takes long is waited for, then its result is read", async () => {
  const shop = new Shop(url, key);
  const done = await shop.call("demand.run", { as_of: "2011-11-14" });
  assert.equal(done.items, 5);
  const forecast = await shop.call("demand.forecast", { item: "10002" });
  assert.equal(forecast.item, "10002");
});

test("what is refused is a problem", async () => {
  await assert.rejects(new Shop(url, key).call("demand.forecast", { item: "none" }), (problem) => {
    assert.ok(problem instanceof Problem);
    assert.deepEqual([problem.status, problem.code], [404, "not_found"]);
    return problem.requestId !== "";
  });
  await assert.rejects(new Shop(url, "sp_none").call("keys.list", {}), { status: 401 });
});

test("a busy server and a broken connection are asked again with the same key", async () => {
  const { shop, asked, pauses } = answering(
    { status: 503, body: "{}" },
    new TypeError("fetch failed"),
    { status: 429, body: "{}" },
    { status: 200, body: '{"ok":true}' },
  );
  assert.deepEqual(await shop.call("keys.create", { name: "a" }), { ok: true });
  assert.equal(new Set(asked.map((one) => one.headers["Idempotency-Key"])).size, 1);
  assert.ok(asked.every((one) => one.address === "http://shop.example/v1/keys/create"));
  assert.deepEqual([pauses[0], pauses[2]], [3000, 3000]);
});

test("it gives up in the end", async () => {
  const busy = Array.from({ length: 4 }, () => ({ status: 503, body: '{"detail":"busy"}' }));
  await assert.rejects(answering(...busy).shop.call("keys.list", {}), { status: 503, message: "busy" });
  await assert.rejects(answering({ status: 502, body: "<html>" }).shop.call("keys.list", {}), { status: 502 });
});

test("a run is followed to its end, good or bad", async () => {
  const run = (state, more) => ({ status: 200, body: JSON.stringify({ id: "r", state, ...more }) });
  const started = { status: 202, body: '{"id":"r","state":"waiting"}' };
  const good = answering(started, run("running"), run("done", { reply: { items: 1 } }));
  assert.deepEqual(await good.shop.call("demand.run", {}), { items: 1 });
  assert.equal(good.asked[2].address, "http://shop.example/v1/runs/r");
  const bad = answering(started, run("failed", { error: { status: 409, detail: "taken" } }));
  await assert.rejects(bad.shop.call("demand.run", {}), { status: 409, message: "taken" });
});
