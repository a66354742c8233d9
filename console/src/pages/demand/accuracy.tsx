import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { read, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { Chart } from "../../components/chart";
import { colours } from "../../components/colours";
import { Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import { By } from "./by";

const kinds = ["class", "category", "method"] as const;

type Shown = Reply<"demand.accuracy">;
type Group = Shown["groups"][number];

// How far off forecasts were that are over: by groups of items, and by how far ahead.
export function AccuracyBoard() {
  const text = useText();
  const [by, setBy] = useState<(typeof kinds)[number]>("class");
  const query = useQuery({ queryKey: ["demand.accuracy", by], queryFn: ({ signal }) => read("demand.accuracy", { by }, signal), retry: false });
  return (
    <section>
      <h2>{text("demand.accuracy")}</h2>
      <By kinds={kinds} value={by} choose={setBy} />
      <Answer query={query}>{(shown) => (shown.all.windows === 0 ? <Nothing title={text("demand.none_over")}>{text("demand.none_over_words")}</Nothing> : <Board shown={shown} />)}</Answer>
    </section>
  );
}

function Board({ shown }: { shown: Shown }) {
  const text = useText();
  const format = useFormat();
  const { all } = shown;
  const rows = [...shown.groups, { ...all, name: "\0" }];
  const title = (row: Group) => (row.name === "\0" ? <strong>{text("grouped.total")}</strong> : row.name || text("demand.without_category"));
  return (
    <>
      <p>{text("demand.accuracy_words", { windows: format.whole(all.windows), wape: format.share(all.planned_wape), naive: format.share(all.naive_wape), within: format.share(all.within) })}</p>
      <Ahead shown={shown} />
      <Rows label={text("demand.accuracy")} rows={rows} keyOf={(row) => row.name} columns={[
        { key: "name", title: text(`grouped.${shown.by as (typeof kinds)[number]}`), cell: title },
        { key: "windows", title: text("demand.windows"), number: true, cell: (row) => format.whole(row.windows) },
        { key: "units", title: text("demand.sold"), number: true, cell: (row) => format.whole(row.units) },
        { key: "naive", title: text("demand.naive_error"), number: true, cell: (row) => format.share(row.naive_wape) },
        { key: "model", title: text("demand.model_error"), number: true, cell: (row) => format.share(row.model_wape) },
        { key: "planned", title: text("demand.planned_error"), number: true, cell: (row) => format.share(row.planned_wape) },
        { key: "model_added", title: text("demand.model_added"), number: true, cell: (row) => format.share(row.model_added) },
        { key: "override_added", title: text("demand.override_added"), number: true, cell: (row) => format.share(row.override_added) },
        { key: "bias", title: text("demand.bias"), number: true, cell: (row) => format.share(row.bias) },
        { key: "within", title: text("demand.within"), number: true, cell: (row) => format.share(row.within) },
      ]} />
      <p className="soft small gap">{text("demand.accuracy_meaning")}</p>
    </>
  );
}

function Ahead({ shown }: { shown: Shown }) {
  const text = useText();
  const format = useFormat();
  const { ahead } = shown;
  const option = useMemo(() => {
    const percent = (value: number) => Math.round(1000 * value) / 10;
    return {
      legend: { data: [text("demand.model_error"), text("demand.planned_error"), text("demand.bias")] },
      xAxis: { type: "category", name: text("demand.ahead"), nameLocation: "middle", nameGap: 24, data: ahead.map((one) => one.ahead) },
      yAxis: { type: "value", axisLabel: { formatter: "{value} %" } },
      series: [
        { type: "line", name: text("demand.model_error"), data: ahead.map((one) => percent(one.model_wape)), color: colours.forecast },
        { type: "line", name: text("demand.planned_error"), data: ahead.map((one) => percent(one.planned_wape)), color: colours.sales, lineStyle: { type: "dashed" } },
        { type: "line", name: text("demand.bias"), data: ahead.map((one) => percent(one.bias)), color: colours.baseline, lineStyle: { type: "dotted" } },
      ],
    };
  }, [ahead, text]);
  if (ahead.length < 2) return null;
  const table = {
    columns: [text("demand.ahead"), text("demand.periods"), text("demand.model_error"), text("demand.planned_error"), text("demand.bias")],
    rows: ahead.map((one) => [one.ahead, one.periods, ...[one.model_wape, one.planned_wape, one.bias].map((value) => Math.round(10_000 * value) / 10_000)]),
  };
  const last = ahead[ahead.length - 1];
  const summary = text("demand.ahead_summary", { first: format.share(ahead[0].model_wape), last: format.share(last.model_wape), n: last.ahead });
  return <Chart title={text("demand.ahead_title")} name="demand-accuracy-ahead" summary={summary} option={option} table={table} height={220} />;
}
