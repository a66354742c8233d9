import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { Problem, run, runs, stopRun, type OperationName, type Reply, type Run } from "../api/client";
import { useText } from "../app/preferences";
import { isLive, RunBar } from "./run_bar";
import { Failure, Loading } from "./states";

interface WatchedRun<Name extends OperationName> {
  id: string; // empty: there is none
  isLoading: boolean;
  run?: Run;
  error: unknown;
  reply?: Reply<Name>;
}

const forgotten = (error: unknown) => error instanceof Problem && error.status === 404;

// The newest run of an operation that one may see and that did not fail. The server keeps the last ones until it is restarted.
export function useNewestRun(name: OperationName): { id: string; isLoading: boolean } {
  const query = useQuery({ queryKey: ["runs", name], queryFn: async () => (await runs()).runs.find((one) => one.operation === name && one.state !== "failed")?.id ?? "" });
  return { id: query.data ?? "", isLoading: query.isPending };
}

// A run to its end, asked about every second while it lives, also when the server did not answer in between.
export function useRun<Name extends OperationName>(_name: Name, id: string): WatchedRun<Name> {
  const query = useQuery({
    queryKey: ["run", id],
    queryFn: () => run(id),
    enabled: id !== "",
    retry: false,
    refetchInterval: ({ state }) => (!forgotten(state.error) && (!state.data || isLive(state.data)) ? 1_000 : false),
  });
  const known = id !== "" && !forgotten(query.error);
  return {
    id: known ? id : "",
    isLoading: known && query.isPending,
    run: query.data,
    error: known ? query.error : null,
    reply: query.data?.state === "done" ? (query.data.reply as Reply<Name>) : undefined,
  };
}

// What is shown of it: nothing yet, how far it is, what went wrong, or its reply.
export function Watched<Name extends OperationName>(props: { watched: WatchedRun<Name>; none: ReactNode; children: (reply: Reply<Name>) => ReactNode }) {
  const text = useText();
  const { id, isLoading, run: shown, error, reply } = props.watched;
  if (isLoading) return <Loading rows={3} />;
  if (error && !shown) return <Failure error={error} />;
  if (!id || !shown) return <>{props.none}</>;
  if (reply !== undefined) return <>{props.children(reply)}</>;
  if (shown.state === "failed") return <Failure error={new Problem(500, "", shown.error?.detail ?? "", shown.error?.about)} />;
  return (
    <div className="panel gap">
      <RunBar run={shown} />
      <Button size="small" onClick={() => void stopRun(id)}>{text("jobs.stop")}</Button>
    </div>
  );
}
