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

const kinds = ["category", "place", "total"] as const;
const most = 20; // bars

type Shown = Reply<"demand.sums">;

// The same forecasts added up in one way or another: every way has the same total.
export function Sums() {
  const text = useText();
  const [by, setBy] = useState<(typeof kinds)[number]>("category");
  const query = useQuery({ queryKey: ["demand.sums", by], queryFn: ({ signal }) => read("demand.sums", { by }, signal), retry: false });
  return (
    <section>
      <h2>{text("demand.sums")}</h2>
      <By kinds={kinds} value={by} choose={setBy} />
      <Answer query={query}>{(shown) => (shown.sums.length === 0 ? <Nothing title={text("demand.no_places")}>{text("demand.no_places_words")}</Nothing> : <Table shown={shown} />)}</Answer>
    </section>
  );
}

function Table({ shown }: { shown: Shown }) {
  const text = useText();
  const format = useFormat();
  const name = (row: Shown["sums"][number]) => (shown.by === "total" ? text("grouped.total") : row.title || text("demand.without_category"));
  return (
    <>
      <p className="soft">{text("demand.window_words", { from: format.day(shown.from), days: shown.window_days })}</p>
      {shown.sums.length > 1 && <Bars shown={shown} name={name} />}
      <Rows label={text("demand.sums")} rows={shown.sums} keyOf={(row) => row.name} columns={[
        { key: "name", title: text(`grouped.${shown.by as (typeof kinds)[number]}`), cell: name },
        { key: "items", title: text("demand.items"), number: true, cell: (row) => format.whole(row.items) },
        { key: "units", title: text("demand.units"), number: true, cell: (row) => format.whole(Math.round(row.units)) },
        { key: "model", title: text("demand.model_units"), number: true, cell: (row) => format.whole(Math.round(row.model_units)) },
        { key: "naive", title: text("demand.naive_units"), number: true, cell: (row) => format.whole(Math.round(row.baseline_units)) },
        { key: "sold", title: text("demand.sold_before"), number: true, cell: (row) => format.whole(row.sold) },
      ]} />
    </>
  );
}

function Bars({ shown, name }: { shown: Shown; name: (row: Shown["sums"][number]) => string }) {
  const text = useText();
  const format = useFormat();
  const rows = useMemo(() => shown.sums.slice(0, most), [shown]);
  const option = useMemo(
    () => ({
      legend: { data: [text("demand.units"), text("demand.sold_before")] },
      grid: { left: 8, right: 24, top: 30, bottom: 4, containLabel: true },
      xAxis: { type: "value", min: 0 },
      yAxis: { type: "category", inverse: true, data: rows.map(name), axisLabel: { hideOverlap: false } },
      series: [
        { type: "bar", name: text("demand.units"), data: rows.map((row) => Math.round(row.units)), color: colours.forecast, barMaxWidth: 10 },
        { type: "bar", name: text("demand.sold_before"), data: rows.map((row) => row.sold), color: colours.sales, barMaxWidth: 10 },
      ],
    }),
    [rows, name, text],
  );
  const table = { columns: [text("demand.by"), text("demand.units"), text("demand.sold_before")], rows: shown.sums.map((row) => [name(row), Math.round(row.units), row.sold]) };
  const summary = text("demand.sums_summary", { name: name(rows[0]), units: format.whole(Math.round(rows[0].units)) });
  return <Chart title={text("demand.sums")} name={`demand-by-${shown.by}`} summary={summary} option={option} table={table} height={60 + 30 * rows.length} />;
}
