import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { read, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { Chart } from "../../components/chart";
import { colours } from "../../components/colours";
import { Rows } from "../../components/page";
import { whiskers } from "../../components/whiskers";

const most = 15; // bars

type At = Reply<"demand.places">["places"][number];

// What each place is expected to sell of the item; nothing where the shop does not forecast by place.
export function Places({ item }: { item: string }) {
  const text = useText();
  const format = useFormat();
  const { data } = useQuery({ queryKey: ["demand.places", item], queryFn: ({ signal }) => read("demand.places", { item }, signal), retry: false });
  if (!data || data.places.length === 0) return null;
  return (
    <>
      <h2>{text("item.places")}</h2>
      <Bars item={item} places={data.places} />
      <Rows label={text("item.places")} rows={data.places} keyOf={(row) => row.place} columns={[
        { key: "place", title: text("item.place"), cell: (row) => row.title },
        { key: "units", title: text("demand.units"), number: true, cell: (row) => format.plain(row.units) },
        { key: "range", title: text("item.range"), number: true, cell: (row) => `${format.plain(row.low)} – ${format.plain(row.high)}` },
        { key: "own", title: text("item.own_units"), number: true, cell: (row) => format.plain(row.own_units) },
        { key: "sold", title: text("demand.sold_before"), number: true, cell: (row) => format.whole(row.sold) },
        { key: "method", title: text("models.method"), cell: (row) => row.method },
      ]} />
      <Network item={item} />
    </>
  );
}

// What each linked place should hold; nothing where no place of the shop supplies another.
function Network({ item }: { item: string }) {
  const text = useText();
  const format = useFormat();
  const { data } = useQuery({ queryKey: ["stock.network", item], queryFn: ({ signal }) => read("stock.network", { item }, signal), retry: false });
  const places = data?.items.flatMap((one) => one.places) ?? [];
  if (places.length === 0) return null;
  const counted = (units?: number | null) => (units === undefined || units === null ? "–" : format.whole(units));
  return (
    <>
      <h3>{text("item.network")}</h3>
      <Rows label={text("item.network")} rows={places} keyOf={(row) => row.place} columns={[
        { key: "place", title: text("item.place"), cell: (row) => row.title },
        { key: "by", title: text("item.supplied_by"), cell: (row) => row.supplied_by || "–" },
        { key: "promised", title: text("item.waiting_days"), number: true, cell: (row) => format.whole(row.promised_days) },
        { key: "net", title: text("item.covered_days"), number: true, cell: (row) => format.whole(row.net_days) },
        { key: "base", title: text("field.base_stock"), number: true, cell: (row) => format.whole(row.base_stock) },
        { key: "safety", title: text("field.safety_stock"), number: true, cell: (row) => format.plain(row.safety_stock) },
        { key: "alone", title: text("item.safety_alone"), number: true, cell: (row) => format.plain(row.safety_stock_alone) },
        { key: "there", title: text("field.on_hand"), number: true, cell: (row) => counted(row.on_hand) },
        { key: "coming", title: text("field.on_order"), number: true, cell: (row) => counted(row.on_order) },
      ]} />
    </>
  );
}

function Bars({ item, places }: { item: string; places: At[] }) {
  const text = useText();
  const format = useFormat();
  const { theme } = usePreferences();
  const rows = useMemo(() => places.slice(0, most), [places]);
  const option = useMemo(() => {
    const tenth = (value: number) => Math.round(10 * value) / 10;
    return {
      grid: { left: 8, right: 24, top: 30, bottom: 4, containLabel: true },
      legend: { data: [text("demand.units"), text("item.range")] },
      xAxis: { type: "value", min: 0 },
      yAxis: { type: "category", inverse: true, data: rows.map((row) => row.title), axisLabel: { hideOverlap: false } },
      series: [
        { type: "bar", name: text("demand.units"), data: rows.map((row) => tenth(row.units)), color: colours.forecast, barMaxWidth: 14 },
        whiskers(text("item.range"), rows.map((row, place) => [place, tenth(row.low), tenth(row.high)]), theme === "dark" ? "#e6e9ed" : "#1d2530"),
      ],
    };
  }, [rows, text, theme]);
  const table = { columns: [text("item.place"), text("demand.units"), text("item.low"), text("item.high")], rows: places.map((row) => [row.title, row.units, row.low, row.high]) };
  const summary = text("item.places_summary", { place: rows[0].title, units: format.plain(rows[0].units), low: format.plain(rows[0].low), high: format.plain(rows[0].high) });
  return <Chart title={text("item.places")} name={`${item}-places`} summary={summary} option={option} table={table} height={50 + 26 * rows.length} />;
}
