import { useSyncExternalStore } from "react";

// "#/decisions?state=pending": where in the console one is. The part behind # never reaches the server, so the console works
// below any path.
export interface Route {
  page: string;
  rest: string[];
  query: URLSearchParams;
}

function parse(hash: string): Route {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  const [page = "", ...rest] = path.split("/").map(decodeURIComponent);
  return { page: page || "today", rest, query: new URLSearchParams(query ?? "") };
}

let last = { hash: "\0", route: parse("") };
function current(): Route {
  if (last.hash !== location.hash) last = { hash: location.hash, route: parse(location.hash) };
  return last.route;
}

function subscribe(changed: () => void) {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

export const useRoute = () => useSyncExternalStore(subscribe, current);

export function href(page: string, rest: string[] = [], query: Record<string, string> = {}): string {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  const text = parameters.toString();
  return `#/${[page, ...rest].map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`;
}

// Replacing keeps the way back free of every filter that was tried.
export function go(target: string, how: "push" | "replace" = "push") {
  if (target === location.hash) return;
  if (how === "push") location.hash = target;
  else {
    history.replaceState(null, "", target);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
