// Run by tests/clients_door_test.py; tests/webhook_test.py gives a real letter in LETTER: {secret, headers, body}.
import assert from "node:assert/strict";
import test from "node:test";
import { BadLetter, Receiver, toleranceSeconds } from "./src/webhooks.ts";

// The example of the specification, Standard Webhooks 1.0
const example = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  headers: {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
  body: '{"test": 2432232314}',
};
const letter = process.env.LETTER ? JSON.parse(process.env.LETTER) : example;
const sent = Number(letter.headers["webhook-timestamp"]);
const refused = (receiver, headers, body, why) => assert.rejects(receiver.check(headers, body), (error) => error instanceof BadLetter && why.test(error.message));

test("a letter is taken once", async () => {
  const receiver = new Receiver(letter.secret, { now: () => sent + 5 });
  assert.equal(await receiver.check(letter.headers, letter.body), letter.headers["webhook-id"]);
  await refused(receiver, letter.headers, letter.body, /taken before/);
});

test("what was changed, is old or comes from others is refused", async () => {
  const fresh = () => new Receiver(letter.secret, { now: () => sent });
  await refused(fresh(), letter.headers, letter.body + " ", /not ours/);
  await refused(fresh(), { ...letter.headers, "webhook-id": "other" }, letter.body, /not ours/);
  await refused(fresh(), { ...letter.headers, "webhook-timestamp": String(sent + 1) }, letter.body, /not ours/);
  await refused(fresh(), { ...letter.headers, "webhook-signature": "v1,é" }, letter.body, /not ours/);
  await refused(fresh(), { ...letter.headers, "webhook-timestamp": "soon" }, letter.body, /no number/);
  await refused(fresh(), {}, letter.body, /missing/);
  for (const off of [toleranceSeconds + 1, -toleranceSeconds - 1])
    await refused(new Receiver(letter.secret, { now: () => sent + off }), letter.headers, letter.body, /too long ago/);
});
