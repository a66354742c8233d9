// Calls a shop's Suanpan from Node.js, Deno, Bun or a browser: `await new Shop(url, key).call("demand.forecast", {item})`.
import { operations } from "./operations.ts";
import type { Operations } from "./operations.ts";

export type { Operations };
export type Name = keyof Operations;

export interface Options {
  attempts?: number; // of a request that finds the server busy or out of reach; 5
  timeoutMs?: number; // of one request; 60,000
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
}

/** What the server refused, as RFC 9457 has it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly about: string;
  readonly requestId: string;

  constructor(status: number, reply: Record<string, unknown>) {
    const text = (name: string) => (typeof reply[name] === "string" ? (reply[name] as string) : "");
    super(text("about") ? `${text("detail")} (${text("about")})` : text("detail") || `HTTP status ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = text("code");
    this.about = text("about");
    this.requestId = text("instance");
  }
}

interface Run {
  id: string;
  state: "waiting" | "running" | "done" | "failed";
  reply?: unknown;
  error?: Record<string, unknown>;
}

const retried = [429, 503];
const waitSeconds = 20; // of one request for work that takes long; then it is asked for again

export class Shop {
  readonly #url: string;
  readonly #key: string;
  readonly #options: Required<Options>;

  constructor(url: string, key: string, options: Options = {}) {
    this.#url = url.replace(/\/+$/, "");
    this.#key = key;
    this.#options = {
      attempts: 5,
      timeoutMs: 60_000,
      fetch: (...words) => fetch(...words),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      ...options,
    };
  }

  /** Errors: Problem; TypeError or DOMException of fetch where the server stays out of reach. */
  async call<N extends Name>(name: N, request: Operations[N]["request"]): Promise<Operations[N]["reply"]> {
    const about = operations[name];
    const headers: Record<string, string> = {};
    // One that had taken effect before the connection broke is not repeated.
    if (about.effect !== "reads") headers["Idempotency-Key"] = crypto.randomUUID();
    if (about.long) headers["Prefer"] = `wait=${waitSeconds}`;
    const path = `/v1/${name.replaceAll(".", "/")}`;
    const { status, value } = await this.#ask("POST", path, JSON.stringify(request), headers);
    return (status === 202 ? await this.#finished((value as Run).id) : value) as Operations[N]["reply"];
  }

  async #finished(id: string): Promise<unknown> {
    for (let pause = 100; ; pause = Math.min(2_000, pause * 1.5)) {
      const run = (await this.#ask("GET", `/v1/runs/${id}`, undefined, {})).value as Run;
      if (run.state === "done") return run.reply;
      if (run.state === "failed") throw new Problem(Number(run.error?.["status"] ?? 500), run.error ?? {});
      await this.#options.sleep(pause);
    }
  }

  async #ask(method: string, path: string, body: string | undefined, headers: Record<string, string>) {
    for (let attempt = 1; ; ++attempt) {
      const last = attempt >= this.#options.attempts;
      let reply: Response, text: string;
      try {
        reply = await this.#options.fetch(this.#url + path, {
          method,
          body,
          headers: { Authorization: `Bearer ${this.#key}`, "Content-Type": "application/json", ...headers },
          signal: AbortSignal.timeout(this.#options.timeoutMs),
        });
        text = await reply.text();
      } catch (error) {
        if (last) throw error;
        await this.#options.sleep(pauseMs(attempt));
        continue;
      }
      if (retried.includes(reply.status) && !last) {
        const asked = Number(reply.headers.get("Retry-After")) * 1_000 || 0;
        await this.#options.sleep(Math.max(asked, pauseMs(attempt)));
        continue;
      }
      return { status: reply.status, value: valueOf(reply.status, text) };
    }
  }
}

function valueOf(status: number, text: string): unknown {
  let value: unknown;
  try {
    value = text === "" ? undefined : JSON.parse(text);
  } catch {
    throw new Problem(status, {});
  }
  if (status >= 400) throw new Problem(status, typeof value === "object" && value !== null ? { ...value } : {});
  return value;
}

// 100, 200, 400 … at most 10,000, and up to half as many more, so that clients do not come back together.
function pauseMs(attempt: number): number {
  return Math.min(10_000, 50 * 2 ** attempt) * (1 + Math.random() / 2);
}
