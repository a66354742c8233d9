import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { read, write, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { href } from "../../app/route";
import { useMay } from "../../app/session";
import { Chart } from "../../components/chart";
import { colours } from "../../components/colours";
import { Page, Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import { Card } from "./card";

type Version = Reply<"models.list">["versions"][number];

export default function Models() {
  const text = useText();
  const query = useQuery({ queryKey: ["models.list"], queryFn: ({ signal }) => read("models.list", {}, signal) });
  return (
    <Page title={text("nav.models")}>
      <Answer query={query}>
        {({ versions }) => {
          if (versions.length === 0) return <Nothing title={text("models.none")} />;
          const names = [...new Set(versions.map((one) => one.name))];
          return names.map((name) => <Model key={name} name={name} versions={versions.filter((one) => one.name === name)} />);
        }}
      </Answer>
    </Page>
  );
}

function Model({ name, versions }: { name: string; versions: Version[] }) {
  const text = useText();
  const format = useFormat();
  const [opened, setOpened] = useState<string>();
  return (
    <section>
      <h2>{name}</h2>
      {versions.length > 1 && <Backtest name={name} versions={versions} />}
      <Rows
        label={name}
        rows={versions}
        keyOf={(row) => row.version}
        columns={[
          { key: "version", title: text("field.version"), cell: (row) => <Button type="link" size="small" onClick={() => setOpened(row.version)}>{row.version}</Button> },
          { key: "serving", title: text("models.serving"), cell: (row) => (row.serving ? <strong>{text("models.serves")}</strong> : <Promote version={row} />) },
          { key: "data", whole: true, title: text("decisions.as_of"), cell: (row) => format.day(row.data_to) },
          { key: "error", title: text("field.backtest_error"), number: true, cell: (row) => format.plain(row.error) },
          { key: "baseline", title: text("models.baseline"), number: true, cell: (row) => format.plain(row.baseline_error) },
          { key: "relative", title: text("models.relative"), number: true, cell: (row) => format.share(row.relative_error) },
          { key: "method", title: text("models.method"), cell: (row) => row.method },
        ]}
      />
      {opened && <Card name={name} version={opened} close={() => setOpened(undefined)} />}
    </section>
  );
}

// Through a decision: guardrails look at it, and who promotes may not be who approves.
function Promote({ version }: { version: Version }) {
  const text = useText();
  const may = useMay();
  const client = useQueryClient();
  const { notification } = App.useApp();
  const promote = useMutation({
    mutationFn: () => write("models.promote", { name: version.name, version: version.version }),
    onSuccess: (reply) => notification.info({ title: reply.message || reply.state, description: reply.decision && <a href={href("decisions", [reply.decision], { state: "all" })}>{text("models.decision")}</a>, duration: 0 }),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message, duration: 0 }),
    onSettled: () => void client.invalidateQueries(),
  });
  return may("models.promote") && <Button size="small" loading={promote.isPending} onClick={() => promote.mutate()}>{text("models.promote")}</Button>;
}

function Backtest({ name, versions }: { name: string; versions: Version[] }) {
  const text = useText();
  const format = useFormat();
  const sorted = useMemo(() => [...versions].sort((a, b) => a.data_to.localeCompare(b.data_to)), [versions]);
  const option = useMemo(
    () => ({
      legend: { data: [text("field.backtest_error"), text("models.baseline")] },
      xAxis: { type: "category", data: sorted.map((one) => one.data_to) },
      yAxis: { type: "value", min: 0 },
      series: [
        { type: "line", name: text("field.backtest_error"), data: sorted.map((one) => one.error), color: colours.sales },
        { type: "line", name: text("models.baseline"), data: sorted.map((one) => one.baseline_error), color: colours.baseline, lineStyle: { type: "dashed" } },
      ],
    }),
    [sorted, text],
  );
  const last = sorted[sorted.length - 1];
  const table = { columns: [text("decisions.as_of"), text("field.backtest_error"), text("models.baseline")], rows: sorted.map((one) => [one.data_to, one.error, one.baseline_error]) };
  return <Chart title={text("models.backtest")} name={`${name}-backtest`} summary={text("models.words", { error: format.plain(last.error), baseline: format.plain(last.baseline_error) })} option={option} table={table} height={180} />;
}
