import { Progress } from "antd";
import type { Run } from "../api/client";
import { useFormat } from "../app/format";

export const isLive = (run: Run) => run.state === "running" || run.state === "waiting";

// How far a live run is, in what it counts.
export function RunBar({ run }: { run: Run }) {
  const format = useFormat();
  const { done = 0, total = 0, step = "", unit = "" } = run.progress ?? {};
  return (
    <>
      <Progress percent={Math.round(total ? Math.min(100, (100 * done) / total) : 0)} size="small" aria-label={run.operation} />
      {step && <p className="soft small" role="status">{step} {total ? `${format.plain(done)} / ${format.plain(total)} ${unit}` : ""}</p>}
    </>
  );
}
