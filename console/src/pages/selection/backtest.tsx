import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, InputNumber } from "antd";
import { useState } from "react";
import { start, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { Rows } from "../../components/page";
import { Failure, Loading, Nothing } from "../../components/states";
import { useNewestRun, useRun, Watched } from "../../components/watched";
import { BacktestChart } from "./backtest_chart";
import { useMethodName } from "./method_name";

type Tested = Reply<"selection.backtest">;

// Lists of past weeks by every method, judged by what happened then. It learns anew for each week, so it takes minutes.
export function Backtest() {
  const text = useText();
  const { query: given } = useRoute();
  const newest = useNewestRun("selection.backtest");
  const watched = useRun("selection.backtest", given.get("run") ?? newest.id);
  return (
    <>
      <Ask />
      {newest.isLoading ? <Loading rows={3} /> : (
        <Watched watched={watched} none={<Nothing title={text("backtest.none")}>{text("backtest.none_words")}</Nothing>}>{(tested) => <Shown tested={tested} />}</Watched>
      )}
    </>
  );
}

function Ask() {
  const text = useText();
  const client = useQueryClient();
  const [asked, setAsked] = useState({ origins: 12, horizon: 28, step: 14, top: "50,100,200" });
  const run = useMutation({
    mutationFn: () => start("selection.backtest", asked),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ["runs"] });
      go(href("selection", ["backtest"], { run: id }), "replace");
    },
  });
  const number = (key: "origins" | "horizon" | "step", min: number, max: number) => (
    <label>{text(`backtest.${key}`)} <InputNumber min={min} max={max} precision={0} value={asked[key]} onChange={(value) => value !== null && setAsked({ ...asked, [key]: value })} /></label>
  );
  return (
    <>
      <div className="filters asking">
        {number("origins", 1, 60)}
        {number("horizon", 7, 182)}
        {number("step", 1, 182)}
        <label>{text("backtest.tops")} <Input className="tops" value={asked.top} onChange={(event) => setAsked({ ...asked, top: event.target.value.replace(/[，、\s]+/g, ",") })} /></label>
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>{text("backtest.run")}</Button>
      </div>
      {run.error && <Failure error={run.error} />}
    </>
  );
}

function Shown({ tested }: { tested: Tested }) {
  const text = useText();
  const format = useFormat();
  const name = useMethodName();
  const of = (value: number, low: number, high: number) => <>{format.share(value)} <span className="soft small">{format.share(low)} – {format.share(high)}</span></>;
  const days = tested.origins.map((one) => one.day).sort();
  return (
    <>
      <p className="soft">{text("backtest.words", { n: tested.origins.length, first: format.day(days[0] ?? ""), last: format.day(days[days.length - 1] ?? "") })}</p>
      <BacktestChart methods={tested.methods} />
      <Rows label={text("backtest.title")} rows={[...tested.methods].sort((a, b) => a.top - b.top || b.precision - a.precision)} keyOf={(row) => `${row.method} ${row.top}`} columns={[
        { key: "top", title: text("backtest.top"), number: true, cell: (row) => format.whole(row.top) },
        { key: "method", title: text("backtest.method"), cell: (row) => (row.method === "ensemble" ? <strong>{name(row.method)}</strong> : name(row.method)) },
        { key: "precision", title: text("backtest.precision"), number: true, cell: (row) => of(row.precision, row.precision_low, row.precision_high) },
        { key: "recall", title: text("backtest.recall"), number: true, cell: (row) => of(row.recall, row.recall_low, row.recall_high) },
        { key: "captured", title: text("backtest.captured"), number: true, cell: (row) => of(row.captured, row.captured_low, row.captured_high) },
        { key: "to_buyer", title: text("backtest.to_buyer"), number: true, cell: (row) => <>× {row.to_buyer.toFixed(2)} <span className="soft small">{row.to_buyer_low.toFixed(2)} – {row.to_buyer_high.toFixed(2)}</span></> },
        { key: "origins", title: text("backtest.judged"), number: true, cell: (row) => row.origins },
      ]} />
      <p className="soft small gap">{text("backtest.meaning")}</p>
    </>
  );
}
