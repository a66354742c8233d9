import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { read, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { useSession } from "../../app/session";
import { Chart } from "../../components/chart";
import { colours } from "../../components/colours";
import { Answer, Nothing } from "../../components/states";

export function Sales() {
  const text = useText();
  const query = useQuery({ queryKey: ["items.sales"], queryFn: ({ signal }) => read("items.sales", { weeks: 26 }, signal) });
  return <Answer query={query} rows={5}>{(found) => (found.weeks.length < 2 ? <Nothing title={text("today.no_sales")} /> : <Picture weeks={found.weeks} />)}</Answer>;
}

function Picture({ weeks }: Pick<Reply<"items.sales">, "weeks">) {
  const text = useText();
  const format = useFormat();
  const { currency } = useSession();
  const option = useMemo(
    () => ({
      legend: { show: false },
      xAxis: { type: "category", data: weeks.map((week) => week.week) },
      yAxis: { type: "value", min: 0 },
      grid: { left: 8, right: 28, top: 12, bottom: 4, containLabel: true },
      series: [{ type: "bar", name: text("item.units"), data: weeks.map((week) => week.units), color: colours.sales, barMaxWidth: 14 }],
    }),
    [weeks, text],
  );
  const [before, last] = weeks.slice(-2);
  const change = before.units ? (last.units - before.units) / before.units : 0;
  const signed = `${change > 0 ? "+" : ""}${format.share(change)}`;
  const revenue = last.revenue === null ? "–" : format.money({ minor: last.revenue, currency });
  const summary = text("today.sales_words", { week: format.day(last.week), units: format.whole(last.units), change: signed, revenue });
  return (
    <>
      <Chart title={text("item.sales_title")} name="sales" summary={summary} option={option} height={150} table={{ columns: [text("item.week"), text("item.units")], rows: weeks.map((week) => [week.week, week.units]) }} />
      <p className="soft small">{summary}</p>
    </>
  );
}
