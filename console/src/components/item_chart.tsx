import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { read, type Reply } from "../api/client";
import { useFormat } from "../app/format";
import { useText } from "../app/preferences";
import { Chart, type ChartTable } from "./chart";
import { colours } from "./colours";
import { Answer, Nothing } from "./states";

type Item = Reply<"items.show">;
type Forecast = Reply<"demand.forecast">;

export const useItem = (item: string, weeks = 104) =>
  useQuery({ queryKey: ["items.show", item, weeks], queryFn: ({ signal }) => read("items.show", { item, weeks }, signal), enabled: item !== "" });

// An item may have no forecast: it is new, or no forecast was made yet.
export const useForecast = (item: string) =>
  useQuery({ queryKey: ["demand.forecast", item], queryFn: ({ signal }) => read("demand.forecast", { item }, signal), enabled: item !== "", retry: false });

// Sales by week with promotions and empty shelves marked, and the forecast with what the whole window may need.
export function ItemChart({ item, weeks }: { item: string; weeks: number }) {
  const text = useText();
  const shown = useItem(item, weeks);
  const forecast = useForecast(item);
  return (
    <Answer query={shown} rows={5}>
      {(found) => (found.weeks.length === 0 ? <Nothing title={text("item.no_sales")} /> : <Sales found={found} forecast={forecast.data} />)}
    </Answer>
  );
}

interface Point {
  day: string;
  units: number | null;
  forecast: number | null;
  promoted: number;
  empty: number | null;
}

function pointsOf(found: Item, forecast: Forecast | undefined): Point[] {
  const weekly = forecast?.period === "week" ? forecast.periods : [];
  const first = weekly[0]?.from ?? "9999";
  const past = found.weeks.filter((week) => week.week < first).map((week) => ({ day: week.week, units: week.units, forecast: null, promoted: week.promoted_days, empty: week.empty_days }));
  return [...past, ...weekly.map((one) => ({ day: one.from, units: null, forecast: one.units, promoted: 0, empty: null }))];
}

// The window's quantiles spread over its weeks: what the shop may need until the next order comes.
function fanOf(forecast: Forecast | undefined, low: number, high: number): (place: number) => [number, number] | null {
  const at = (level: number) => forecast?.window.find((one) => one.level === level)?.units;
  const [from, to] = [at(low), at(high)];
  if (!forecast || from === undefined || to === undefined || !forecast.window_units) return () => null;
  return (place) => (place < forecast.window_periods ? [from / forecast.window_periods, to / forecast.window_periods] : null);
}

function Sales({ found, forecast }: { found: Item; forecast: Forecast | undefined }) {
  const text = useText();
  const format = useFormat();
  const points = useMemo(() => pointsOf(found, forecast), [found, forecast]);
  const option = useMemo(() => optionOf(points, forecast, text), [points, forecast, text]);
  const table: ChartTable = {
    columns: [text("item.week"), text("item.units"), text("item.forecast"), text("item.promoted_days"), text("item.empty_days")],
    rows: points.map((point) => [point.day, point.units, point.forecast === null ? null : Math.round(10 * point.forecast) / 10, point.promoted || null, point.empty]),
  };
  const last = found.weeks.slice(-4).reduce((sum, week) => sum + week.units, 0);
  const summary = text("item.summary", { units: format.whole(last), forecast: forecast ? format.plain(forecast.window_units) : "–", weeks: forecast?.window_periods ?? 0 });
  return (
    <>
      <Chart title={text("item.sales_title")} name={`${found.item.item_id}-sales`} summary={summary} option={option} table={table} />
      <p className="soft small">{summary}</p>
    </>
  );
}

function optionOf(points: Point[], forecast: Forecast | undefined, text: ReturnType<typeof useText>) {
  const fan = fanOf(forecast, 0.05, 0.95);
  const begin = points.findIndex((point) => point.forecast !== null);
  const band = points.map((point, i) => (point.forecast === null ? null : fan(i - begin)));
  const line = { type: "line", symbol: "none", connectNulls: false };
  const marks = (has: (point: Point) => boolean, place: number) => points.map((point) => (has(point) ? place : null));
  return {
    legend: { data: [text("item.units"), text("item.forecast"), text("item.interval"), text("item.promotion"), text("item.empty")] },
    xAxis: { type: "category", data: points.map((point) => point.day) },
    yAxis: { type: "value", min: 0 },
    series: [
      { ...line, name: text("item.interval"), stack: "fan", data: band.map((one) => one?.[0] ?? null), lineStyle: { opacity: 0 }, tooltip: { show: false }, color: colours.band },
      { ...line, name: text("item.interval"), stack: "fan", data: band.map((one) => (one ? one[1] - one[0] : null)), lineStyle: { opacity: 0 }, areaStyle: { color: colours.band, opacity: 0.35 }, tooltip: { show: false }, color: colours.band },
      { ...line, name: text("item.units"), data: points.map((point) => point.units), color: colours.sales, lineStyle: { width: 1.5 } },
      { ...line, name: text("item.forecast"), data: points.map((point) => point.forecast), color: colours.forecast, lineStyle: { width: 2, type: "dashed" } },
      { type: "scatter", name: text("item.promotion"), symbol: "triangle", symbolSize: 7, data: marks((point) => point.promoted > 0, 0), color: colours.promotion, tooltip: { show: false } },
      { type: "scatter", name: text("item.empty"), symbol: "rect", symbolSize: [6, 6], data: marks((point) => (point.empty ?? 0) > 0, 0), color: colours.empty, tooltip: { show: false } },
    ],
  };
}
