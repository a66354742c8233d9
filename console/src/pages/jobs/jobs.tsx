import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { read, runs, start, stopRun, type Run } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { useMay } from "../../app/session";
import { Page, Rows } from "../../components/page";
import { isLive, RunBar } from "../../components/run_bar";
import { StateTag } from "../../components/state_tag";
import { Answer, Nothing } from "../../components/states";
import { Lines } from "./lines";
import { Schedule } from "./schedule";
import { Steps } from "./steps";

export default function Jobs() {
  const text = useText();
  const may = useMay();
  const client = useQueryClient();
  const { notification } = App.useApp();
  const daily = useMutation({
    mutationFn: () => start("jobs.daily", {}),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["runs"] }),
  });
  const button = may("jobs.daily") && <Button type="primary" loading={daily.isPending} onClick={() => daily.mutate()}>{text("jobs.run_daily")}</Button>;
  return (
    <Page title={text("nav.jobs")} tools={button}>
      <h2>{text("jobs.now")}</h2>
      <Live />
      <h2>{text("jobs.schedule")}</h2>
      <Schedule />
      <h2>{text("jobs.history")}</h2>
      <Past />
    </Page>
  );
}

// Asked every second while something runs.
function Live() {
  const text = useText();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ["runs"],
    queryFn: async () => {
      const answer = await runs();
      const wasLive = client.getQueryData<{ runs: Run[] }>(["runs"])?.runs.some(isLive);
      if (wasLive && !answer.runs.some(isLive)) void client.invalidateQueries({ predicate: (one) => one.queryKey[0] !== "runs" });
      return answer;
    },
    refetchInterval: ({ state }) => (state.data?.runs.some(isLive) ? 1_000 : 10_000),
  });
  return <Answer query={query} rows={2}>{(found) => (found.runs.length ? <ul className="runs">{found.runs.slice(0, 8).map((run) => <LiveRun key={run.id} run={run} />)}</ul> : <Nothing title={text("jobs.idle")} />)}</Answer>;
}

function LiveRun({ run }: { run: Run }) {
  const text = useText();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  return (
    <li className="panel run">
      <div className="run-head">
        <strong>{run.operation}</strong> <StateTag state={run.state} />
        <span className="soft small">{run.created_at && format.moment(run.created_at)}</span>
        <Button size="small" type="text" aria-expanded={opened || isLive(run)} onClick={() => setOpened(!opened)}>{text("jobs.lines")}</Button>
        {isLive(run) && <Button size="small" onClick={() => void stopRun(run.id)}>{text("jobs.stop")}</Button>}
      </div>
      {isLive(run) && <RunBar run={run} />}
      {(opened || isLive(run)) && <Lines run={run} live={isLive(run)} />}
      {run.error?.detail && <p className="bad">{run.error.detail}</p>}
    </li>
  );
}

function Past() {
  const text = useText();
  const format = useFormat();
  const [opened, setOpened] = useState<number>();
  const query = useQuery({ queryKey: ["jobs.list"], queryFn: ({ signal }) => read("jobs.list", { limit: 100 }, signal) });
  return (
    <Answer query={query}>
      {(found) =>
        found.runs.length === 0 ? (
          <Nothing title={text("jobs.none")} />
        ) : (
          <>
            <Rows
              label={text("jobs.history")}
              rows={found.runs}
              keyOf={(row) => row.run_id}
              columns={[
                { key: "run", title: text("jobs.run"), cell: (row) => <Button type="link" size="small" onClick={() => setOpened(row.run_id)}>{`#${row.run_id} ${row.job}`}</Button> },
                { key: "key", title: text("jobs.key"), cell: (row) => row.key },
                { key: "at", whole: true, title: text("jobs.started"), cell: (row) => format.moment(row.started_at) },
                { key: "state", title: text("decisions.state"), cell: (row) => <StateTag state={row.state} /> },
                { key: "took", title: text("jobs.took"), number: true, cell: (row) => format.seconds(row.seconds) },
                { key: "failure", title: text("jobs.failure"), cell: (row) => row.failure },
              ]}
            />
            {opened !== undefined && <Steps runId={opened} close={() => setOpened(undefined)} />}
          </>
        )
      }
    </Answer>
  );
}
