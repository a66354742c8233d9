import { Radio } from "antd";
import { useMemo, useState } from "react";
import type { Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { Chart } from "../../components/chart";
import { colours } from "../../components/colours";
import { whiskers } from "../../components/whiskers";
import { useMethodName } from "./method_name";

type Mean = Reply<"selection.backtest">["methods"][number];

const measures = ["precision", "recall", "captured"] as const;

// One measure of one length of list: a bar a method, with its interval.
export function BacktestChart({ methods }: { methods: Mean[] }) {
  const text = useText();
  const format = useFormat();
  const name = useMethodName();
  const { theme } = usePreferences();
  const tops = useMemo(() => [...new Set(methods.map((one) => one.top))].sort((a, b) => a - b), [methods]);
  const [measure, setMeasure] = useState<(typeof measures)[number]>("precision");
  const [chosen, setTop] = useState<number>();
  const top = tops.find((one) => one === chosen) ?? tops[0];
  const shown = useMemo(() => methods.filter((one) => one.top === top).sort((a, b) => b[measure] - a[measure]), [methods, top, measure]);
  const option = useMemo(() => {
    const share = (value: number) => Math.round(1000 * value) / 10;
    return {
      grid: { left: 8, right: 24, top: 30, bottom: 4, containLabel: true },
      xAxis: { type: "value", min: 0, axisLabel: { formatter: "{value} %" } },
      yAxis: { type: "category", inverse: true, data: shown.map((one) => name(one.method)), axisLabel: { hideOverlap: false } },
      series: [
        { type: "bar", name: text(`backtest.${measure}`), data: shown.map((one) => ({ value: share(one[measure]), itemStyle: { color: one.method === "ensemble" ? colours.forecast : colours.sales } })), color: colours.sales, barMaxWidth: 14 },
        whiskers(text("backtest.interval"), shown.map((one, place) => [place, share(one[`${measure}_low`]), share(one[`${measure}_high`])]), theme === "dark" ? "#e6e9ed" : "#1d2530"),
      ],
    };
  }, [shown, measure, name, text, theme]);
  if (shown.length === 0) return null;
  const table = {
    columns: [text("backtest.method"), text("backtest.top"), ...measures.flatMap((one) => [text(`backtest.${one}`), text("backtest.low_of", { name: text(`backtest.${one}`) }), text("backtest.high_of", { name: text(`backtest.${one}`) })])],
    rows: methods.map((one) => [name(one.method), one.top, ...measures.flatMap((key) => [one[key], one[`${key}_low`], one[`${key}_high`]].map((value) => Math.round(10_000 * value) / 10_000))]),
  };
  const summary = text("backtest.summary", { measure: text(`backtest.${measure}`), top, method: name(shown[0].method), value: format.share(shown[0][measure]) });
  return (
    <>
      <div className="filters">
        <Radio.Group aria-label={text("backtest.measure")} value={measure} optionType="button" onChange={(event) => setMeasure(event.target.value)} options={measures.map((one) => ({ value: one, label: text(`backtest.${one}`) }))} />
        <Radio.Group aria-label={text("backtest.top")} value={top} optionType="button" onChange={(event) => setTop(event.target.value)} options={tops.map((one) => ({ value: one, label: text("backtest.best_n", { n: one }) }))} />
      </div>
      <Chart title={text("backtest.picture", { measure: text(`backtest.${measure}`), top })} name={`backtest-${measure}-${top}`} summary={summary} option={option} table={table} height={50 + 26 * shown.length} />
      <p className="soft small">{summary}</p>
    </>
  );
}
