import type { Reply } from "../../api/client";

export type Decision = Reply<"decisions.list">["decisions"][number];
export type Shown = Reply<"decisions.show">;
export type Counts = Reply<"decisions.counts">;

// The item that a decision is about: its subject says more where it is about places, too.
export function itemOf(decision: Decision): string {
  const { item } = (decision.arguments ?? {}) as { item?: unknown };
  if (typeof item === "string") return item;
  return decision.subject.startsWith("item:") ? decision.subject.slice(5) : "";
}

export const states = ["pending", "approved", "acted", "measured", "rejected", "expired", "failed", "rolled_back"] as const;
export const sorts = ["urgency_value", "value", "urgency", "deadline", "changed", "subject"] as const;
export const pageSize = 50;

// The part of the address that says which decisions are listed.
export interface View {
  state: string;
  kind: string;
  search: string;
  sort: string;
  page: number;
}

export function viewOf(query: URLSearchParams): View {
  return {
    state: query.get("state") ?? "pending",
    kind: query.get("kind") ?? "",
    search: query.get("search") ?? "",
    sort: query.get("sort") ?? "urgency_value",
    page: Math.max(1, Number(query.get("page")) || 1),
  };
}

export function queryOf(view: View): Record<string, string> {
  return {
    state: view.state === "pending" ? "" : view.state || "all",
    kind: view.kind,
    search: view.search,
    sort: view.sort === "urgency_value" ? "" : view.sort,
    page: view.page === 1 ? "" : String(view.page),
  };
}

// "all" in the address is no state for the server.
export const requestOf = (view: View) => ({
  state: view.state === "all" ? "" : view.state,
  kind: view.kind,
  search: view.search,
  sort: view.sort,
  limit: pageSize,
  cursor: view.page > 1 ? String((view.page - 1) * pageSize) : "",
});
