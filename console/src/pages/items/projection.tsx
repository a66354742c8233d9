import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { read, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { Chart } from "../../components/chart";
import { colours } from "../../components/colours";
import { Loading, Nothing } from "../../components/states";

// Where the stock goes from here: expected by day, with its band and what is on the way.
export function Projection({ item }: { item: string }) {
  const text = useText();
  const query = useQuery({ queryKey: ["stock.projection", item], queryFn: ({ signal }) => read("stock.projection", { item }, signal), retry: false });
  if (query.data && query.data.days.length > 0) return <Picture shown={query.data} />;
  if (query.isPending) return <Loading rows={4} />;
  return <Nothing title={text("item.no_projection")}>{query.error?.message}</Nothing>;
}

function Picture({ shown }: { shown: Reply<"stock.projection"> }) {
  const text = useText();
  const format = useFormat();
  const { days } = shown;
  const option = useMemo(() => {
    const line = { type: "line", symbol: "none" };
    return {
      legend: { data: [text("item.stock_expected"), text("item.stock_band"), text("item.arriving")] },
      xAxis: { type: "category", data: days.map((day) => day.day) },
      yAxis: { type: "value", min: 0 },
      series: [
        { ...line, name: text("item.stock_band"), stack: "band", data: days.map((day) => day.low), lineStyle: { opacity: 0 }, color: colours.band, tooltip: { show: false } },
        { ...line, name: text("item.stock_band"), stack: "band", data: days.map((day) => day.high - day.low), lineStyle: { opacity: 0 }, areaStyle: { color: colours.band, opacity: 0.35 }, color: colours.band, tooltip: { show: false } },
        { ...line, name: text("item.stock_expected"), data: days.map((day) => day.expected), color: colours.sales },
        { type: "bar", name: text("item.arriving"), data: days.map((day) => day.arriving || null), color: colours.promotion, barMaxWidth: 6 },
      ],
    };
  }, [days, text]);
  const summary = text("item.projection_words", { chance: format.share(shown.chance_of_running_out), days: format.plain(shown.lead_time_days), on_hand: format.whole(shown.on_hand), on_order: format.whole(shown.on_order) });
  const round = (value: number) => Math.round(10 * value) / 10;
  const table = {
    columns: [text("item.day"), text("item.stock_expected"), text("item.low"), text("item.high"), text("item.arriving")],
    rows: days.map((day) => [day.day, round(day.expected), round(day.low), round(day.high), round(day.arriving)]),
  };
  return (
    <>
      <Chart title={text("item.projection_title")} name={`${shown.item}-stock`} summary={summary} option={option} table={table} height={200} />
      <p className="soft small">{summary}</p>
    </>
  );
}
