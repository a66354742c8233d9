import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { read, write, type Reply } from "../../api/client";
import { useText } from "../../app/preferences";

export type Match = Reply<"selection.waiting_matches">["matches"][number];
export type Verdict = "accept" | "refuse";

export const keyOf = (match: Match) => [match.competitor, match.key, match.item].join("\n");

export interface MatchQueue {
  query: { data: Reply<"selection.waiting_matches"> | undefined; error: unknown; refetch: () => unknown };
  matches: Match[]; // that are still to be judged
  current?: Match;
  left: number;
  last?: { match: Match; verdict: Verdict };
  isBusy: boolean;
  move: (by: 1 | -1) => void;
  choose: (match: Match) => void;
  judge: (verdict: Verdict, match?: Match) => void;
  renew: () => Promise<void>; // what was taken back waits again
}

// The likeliest fifty that wait. What was judged leaves the list at once; the next fifty come when none is left.
export function useMatches(competitor: string): MatchQueue {
  const text = useText();
  const client = useQueryClient();
  const { notification } = App.useApp();
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const [place, setPlace] = useState(0);
  const queryKey = ["selection.waiting_matches", competitor];
  const query = useQuery({ queryKey, queryFn: ({ signal }) => read("selection.waiting_matches", { competitor, limit: 50 }, signal), retry: false });
  const fetched = query.data?.matches ?? [];
  const matches = fetched.filter((one) => !settled.has(keyOf(one)));
  const at = Math.min(place, matches.length - 1);
  const current = matches[at];
  const next = async () => {
    await client.invalidateQueries({ queryKey: ["selection.waiting_matches"] });
    setSettled(new Set());
  };
  const renew = async () => {
    await next();
    judging.reset();
  };
  const judging = useMutation({
    // With the item that was seen: where a newer listing brought another one, the server says so.
    mutationFn: ({ match, verdict }: { match: Match; verdict: Verdict }) => write("selection.review_match", { competitor: match.competitor, key: match.key, item: match.item, verdict }),
    onSuccess: (_, { match }) => {
      setSettled((before) => new Set(before).add(keyOf(match)));
      void client.invalidateQueries({ queryKey: ["selection.reviewed_matches"] });
      if (matches.every((one) => keyOf(one) === keyOf(match))) void next();
    },
    onError: (error) => {
      notification.error({ title: text("state.failed"), description: error.message });
      void next();
    },
  });
  return {
    query,
    matches,
    current,
    left: (query.data?.waiting ?? 0) - (fetched.length - matches.length),
    last: judging.isSuccess ? judging.variables : undefined,
    isBusy: judging.isPending,
    move: (by) => setPlace(Math.max(0, Math.min(at + by, matches.length - 1))),
    choose: (match) => setPlace(matches.indexOf(match)),
    judge: (verdict, match = current) => match && !judging.isPending && judging.mutate({ match, verdict }),
    renew,
  };
}
