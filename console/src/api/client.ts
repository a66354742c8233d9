import { operations, type Operations } from "./types";

export type OperationName = keyof Operations;
export type Request<Name extends OperationName> = Operations[Name]["request"];
export type Reply<Name extends OperationName> = Operations[Name]["reply"];

// The console may be served below a path prefix: every address is relative to the page.
export const address = (path: string) => new URL(path, document.baseURI).toString();

// What the server said, as RFC 9457 has it.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly about = "",
    readonly requestId = "",
  ) {
    super(message);
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const text = await answer.text();
  try {
    const body = JSON.parse(text);
    return new Problem(answer.status, body.code ?? "", body.detail ?? body.title ?? text, body.about, body.instance);
  } catch {
    return new Problem(answer.status, "", text || answer.statusText);
  }
}

export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address(path), { credentials: "same-origin", ...init });
  } catch {
    throw new Problem(0, "unreachable", "");
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

function query(request: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(request))
    if (value !== undefined && value !== "" && value !== null) parameters.set(key, String(value));
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

const pathOf = (name: OperationName) => `v1/${name.replaceAll(".", "/")}`;

// The header tells the server that a page of its own sends this: no form or picture of another site can set it.
const writeHeaders = { "Content-Type": "application/json", "X-Suanpan": "1" };

export async function read<Name extends OperationName>(
  name: Name,
  request: Request<Name>,
  signal?: AbortSignal,
): Promise<Reply<Name>> {
  const answer = await send(pathOf(name) + query(request as Record<string, unknown>), { signal });
  return answer.json();
}

export async function write<Name extends OperationName>(name: Name, request: Request<Name>): Promise<Reply<Name>> {
  const answer = await send(pathOf(name), { method: "POST", headers: writeHeaders, body: JSON.stringify(request) });
  return answer.json();
}

// Keeps a picture in the shop's folder; gives the path that a task names it by.
export async function keepPicture(name: string, picture: Blob): Promise<string> {
  const headers = { "Content-Type": picture.type || "application/octet-stream", "X-Suanpan": "1" };
  const answer = await send(`v1/pictures/${encodeURIComponent(name)}`, { method: "POST", headers, body: picture });
  return ((await answer.json()) as { picture: string }).picture;
}

// Work that takes long: the id of a run to watch.
export async function start<Name extends OperationName>(name: Name, request: Request<Name>): Promise<Run> {
  return write(name, request) as unknown as Promise<Run>;
}

// Long work whose end the page waits for. Errors: what the work failed with.
export async function finish<Name extends OperationName>(name: Name, request: Request<Name>): Promise<Reply<Name>> {
  const { id } = await start(name, request);
  for (let pause = 200; ; pause = Math.min(2_000, pause * 1.5)) {
    const now = await run(id);
    if (now.state === "done") return now.reply as Reply<Name>;
    if (now.state === "failed") throw new Problem(500, "", now.error?.detail ?? "", now.error?.about);
    await new Promise((over) => setTimeout(over, pause));
  }
}

export interface Run {
  id: string;
  operation: string;
  state: "waiting" | "running" | "done" | "failed";
  created_at?: string;
  begun_at?: string;
  finished_at?: string;
  progress?: { step: string; done: number; total: number; unit: string; rate?: number; seconds_left?: number };
  reply?: unknown;
  error?: { detail?: string; about?: string };
  lines?: { at: string; text: string }[];
}

export const stopRun = (id: string) => send(`v1/runs/${id}/stop`, { method: "POST", headers: writeHeaders, body: "{}" });
export const run = async (id: string): Promise<Run> => (await send(`v1/runs/${id}`)).json();
export const runs = async (): Promise<{ runs: Run[] }> => (await send("v1/runs")).json();

export const roles = ["viewer", "operator", "approver", "admin"] as const;
export type Role = (typeof roles)[number];

export interface Session {
  name: string;
  role: Role;
  shop: string;
  currency: string;
  time_zone: string;
  language: string;
  today: string;
}

export const session = async (): Promise<Session> => (await send("v1/session")).json();
export const logOut = () => send("logout", { method: "POST", headers: writeHeaders });

export const mayCall = (role: Role, name: OperationName) =>
  roles.indexOf(role) >= roles.indexOf(operations[name].role as Role);
