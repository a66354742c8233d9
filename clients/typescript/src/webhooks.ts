// The receiving end of a shop's webhooks (Standard Webhooks 1.0): is a letter ours, fresh, and not taken before?
import { createHmac, timingSafeEqual } from "node:crypto";

export const toleranceSeconds = 300;

export class BadLetter extends Error {}

// `taken` says whether an id was taken before and keeps it if not; it should outlive the process. Without one, ids are kept in
// memory for twice the tolerance.
export class Receiver {
  private readonly key: Buffer;
  private readonly seen = new Map<string, number>();
  private readonly taken: (id: string) => boolean | Promise<boolean>;
  private readonly now: () => number;

  constructor(secret: string, options: { taken?: (id: string) => boolean | Promise<boolean>; now?: () => number } = {}) {
    this.key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    this.now = options.now ?? (() => Date.now() / 1000);
    this.taken = options.taken ?? ((id) => this.takenHere(id));
  }

  // The letter's id. Throws BadLetter; answer what was taken before with 200, all else with 400.
  async check(headers: Record<string, string | undefined>, body: string | Uint8Array): Promise<string> {
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const [id, sent, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => given[name]);
    if (!id || !signatures || !/^\d+$/.test(sent ?? "")) throw new BadLetter("a webhook header is missing or no number");
    if (Math.abs(this.now() - Number(sent)) > toleranceSeconds) throw new BadLetter("it was sent too long ago, or not yet");
    const wanted = Buffer.from("v1," + createHmac("sha256", this.key).update(`${id}.${sent}.`).update(body).digest("base64"));
    const isOurs = (one: Buffer) => one.length === wanted.length && timingSafeEqual(one, wanted);
    if (!signatures.split(" ").some((one) => isOurs(Buffer.from(one)))) throw new BadLetter("the signature is not ours");
    if (await this.taken(id)) throw new BadLetter("it was taken before");
    return id;
  }

  private takenHere(id: string): boolean {
    const now = this.now();
    for (const [one, at] of this.seen) if (now - at > 2 * toleranceSeconds) this.seen.delete(one);
    const before = this.seen.has(id);
    if (!before) this.seen.set(id, now);
    return before;
  }
}
