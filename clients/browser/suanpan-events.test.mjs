// Run by tests/clients_door_test.py with URL and KEY of a server.
import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { Events } from "./suanpan-events.js";

function page(options = {}) {
  const listeners = {};
  const kept = new Map();
  const sent = [];
  const state = { consent: true, answers: [], visibilityState: "visible", beacons: [] };
  const events = new Events({
    url: "/events",
    batch: 3,
    consent: () => state.consent,
    fetch: async (url, request) => {
      sent.push(JSON.parse(request.body));
      const answer = state.answers.shift() ?? 200;
      if (answer === "offline") throw new TypeError("offline");
      return { status: answer };
    },
    beacon: (url, body) => state.beacons.push(body) <= (state.beaconsTaken ?? 99),
    page: {
      get visibilityState() {
        return state.visibilityState;
      },
      addEventListener: (name, listener) => (listeners[name] = listener),
    },
    storage: {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => kept.set(name, value),
      removeItem: (name) => kept.delete(name),
    },
    ...options,
  });
  return { events, sent, state, kept, hide: () => ((state.visibilityState = "hidden"), listeners.visibilitychange()) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("events wait a moment and are sent together, each once", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { events, sent } = page();
  events.send("view_item", { items: [{ item_id: "a" }] });
  events.send("add_to_cart", { items: [{ item_id: "a", quantity: 2 }] });
  assert.equal(sent.length, 0);
  mock.timers.tick(2_000);
  await settled();
  assert.deepEqual(sent[0].events.map((event) => event.name), ["view_item", "add_to_cart"]);
  assert.equal(new Set(sent[0].events.map((event) => event.event_id)).size, 2);
  mock.timers.tick(600_000);
  await settled();
  assert.equal(sent.length, 1);
  for (const name of ["x", "y", "z"]) events.send(name);
  await settled();
  assert.equal(sent[1].events.length, 3, "a full batch does not wait");
  assert.equal(sent[1].client_id, sent[0].client_id);
  mock.timers.reset();
});

test("nothing is kept or told before consent, and all is forgotten after", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { events, sent, state, kept, hide } = page();
  state.consent = false;
  assert.equal(events.send("view_item"), false);
  assert.equal(events.waiting + kept.size, 0);
  state.consent = true;
  events.send("view_item");
  state.consent = false;
  mock.timers.tick(2_000);
  await settled();
  hide();
  assert.deepEqual([sent.length, state.beacons.length, events.waiting, kept.size], [0, 0, 0, 0]);
  mock.timers.reset();
});

test("what could not be sent is tried again later and later, with the same event_id", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { events, sent, state } = page();
  state.answers = ["offline", 503, 429, 200];
  events.send("purchase");
  for (const pause of [2_000, 3_000, 6_000, 12_000]) {
    mock.timers.tick(pause);
    await settled();
  }
  assert.equal(sent.length, 4);
  assert.equal(new Set(sent.map((body) => body.events[0].event_id)).size, 1);
  assert.equal(events.waiting, 0);
  state.answers = [400];
  events.send("wrong");
  mock.timers.tick(2_000);
  await settled();
  assert.equal(events.waiting, 0, "refused for good is dropped");
  mock.timers.reset();
});

test("the oldest go where too many wait", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { events } = page({ most: 5, batch: 100 });
  for (let i = 0; i < 9; ++i) events.send(`event_${i}`);
  assert.equal(events.waiting, 5);
  events.forget();
  mock.timers.reset();
});

test("the browser sends the rest when the page goes", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { events, state, hide } = page({ batch: 2 });
  state.answers = ["offline"];
  for (let i = 0; i < 5; ++i) events.send(`event_${i}`);
  await settled();
  hide();
  const bodies = await Promise.all(state.beacons.map(async (body) => JSON.parse(await body.text())));
  assert.deepEqual(bodies.map((body) => body.events.length), [2, 2, 1]);
  assert.equal(state.beacons[0].type, "application/json");
  assert.equal(events.waiting, 0);
  const full = page({ batch: 1 });
  full.state.answers = ["offline"];
  full.state.beaconsTaken = 0;
  full.events.send("kept");
  await settled();
  full.hide();
  assert.equal(full.events.waiting, 1, "the browser took it not");
  full.events.forget();
  mock.timers.reset();
});

test("the engine takes what it sends, once", async () => {
  const headers = { Authorization: `Bearer ${process.env.KEY}`, "Content-Type": "application/json" };
  const replies = [];
  const { events } = page({
    fetch: async (_, request) => {
      for (let again = 0; again < 2; ++again) {
        const reply = await fetch(`${process.env.URL}/v1/data/events`, { method: "POST", headers, body: request.body });
        replies.push({ status: reply.status, ...(await reply.json()) });
      }
      return { status: 200 };
    },
  });
  events.send("view_item", { items: [{ item_id: "10001", price: 2.5 }] });
  await events.flush();
  assert.deepEqual([replies[0].status, replies[0].stored, replies[1].repeated], [200, 1, 1]);
});
