// Sends what visitors do, as GA4 names it, to a shop's Suanpan. No dependency, no cookie of its own, nothing before consent.
//
//   import { Events } from "./suanpan-events.js";
//   const events = new Events({ url: "/events", consent: () => window.consent === true });
//   events.send("view_item", { items: [{ item_id: "22086", price: 2.55 }] });
//
// `url` is a path of the shop's own server, which adds the key and hands the body on to POST /v1/data/events: a key must
// never be in a page. Events wait in memory and are sent together; what could not be sent is tried again, each with the
// event_id it was given first, so that the engine counts it once.

const clientKey = "suanpan_client";

export class Events {
  #options;
  #waiting = [];
  #timer;
  #sending = false;
  #failures = 0;

  constructor(options) {
    this.#options = {
      batch: 20, // events a request
      pauseMs: 2_000, // between an event and its sending, so that others join it
      most: 500, // that wait; beyond it the oldest are dropped
      consent: () => false,
      fetch: (...words) => fetch(...words),
      beacon: (url, body) => navigator.sendBeacon(url, body),
      page: globalThis.document,
      storage: globalThis.localStorage,
      ...options,
    };
    const hidden = () => this.#options.page.visibilityState === "hidden" && this.flushOnUnload();
    this.#options.page?.addEventListener("visibilitychange", hidden);
    globalThis.addEventListener?.("pagehide", () => this.flushOnUnload());
  }

  /** False: nothing is kept, because the visitor has not consented. */
  send(name, params = {}) {
    if (!this.#options.consent()) return false;
    this.#waiting.push({ event_id: crypto.randomUUID(), name, timestamp_micros: Date.now() * 1_000, params });
    if (this.#waiting.length > this.#options.most) this.#waiting.splice(0, this.#waiting.length - this.#options.most);
    if (this.#waiting.length >= this.#options.batch && this.#failures === 0) void this.flush();
    else this.#later(this.#options.pauseMs);
    return true;
  }

  /** When consent is withdrawn: what waits is forgotten, and so is who the visitor was. */
  forget() {
    this.#waiting = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#options.storage?.removeItem(clientKey);
  }

  get waiting() {
    return this.#waiting.length;
  }

  async flush() {
    if (this.#sending) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#options.consent()) return this.forget();
    if (this.#waiting.length === 0) return;
    this.#sending = true;
    const batch = this.#waiting.slice(0, this.#options.batch);
    const again = await this.#post(batch);
    this.#sending = false;
    // While it was under way the visitor may have withdrawn the consent, or the oldest may have been dropped.
    if (!again) this.#waiting = this.#waiting.filter((event) => !batch.includes(event));
    this.#failures = again ? this.#failures + 1 : 0;
    if (this.#waiting.length > 0) this.#later(this.#failures > 0 ? this.#backoffMs() : 0);
  }

  /** The page goes: the browser sends the rest by itself, within the 64 KiB that it allows. */
  flushOnUnload() {
    if (!this.#options.consent()) return this.forget();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#options.batch);
      const body = new Blob([this.#body(batch)], { type: "application/json" });
      if (!this.#options.beacon(this.#options.url, body)) return;
      this.#waiting = this.#waiting.slice(batch.length);
    }
  }

  /** True: to be tried again. What the server refuses for good is dropped. */
  async #post(batch) {
    try {
      const headers = { "Content-Type": "application/json" };
      const reply = await this.#options.fetch(this.#options.url, {
        method: "POST",
        headers,
        body: this.#body(batch),
        keepalive: true,
      });
      return reply.status === 429 || reply.status >= 500;
    } catch {
      return true;
    }
  }

  #body(batch) {
    return JSON.stringify({ client_id: this.#client(), events: batch });
  }

  // Random, and only of this site.
  #client() {
    const kept = this.#options.storage?.getItem(clientKey) ?? crypto.randomUUID();
    this.#options.storage?.setItem(clientKey, kept);
    return kept;
  }

  #later(ms) {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, ms);
  }

  // 2, 4, 8 … seconds, at most five minutes, and up to half as many more.
  #backoffMs() {
    return Math.min(300_000, this.#options.pauseMs * 2 ** (this.#failures - 1)) * (1 + Math.random() / 2);
  }
}
