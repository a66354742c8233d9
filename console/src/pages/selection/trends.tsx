import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Radio } from "antd";
import { useMemo } from "react";
import { read, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { Chart } from "../../components/chart";
import { colours } from "../../components/colours";
import { Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import type { TextKey } from "../../text";

type Found = Reply<"selection.trends">;
type Trend = Found["trends"][number];

const directions = ["rising", "falling", "both"] as const;
const shares = ["0.05", "0.1", "0.2"];
const spans = ["13", "26", "52"];
const drawn = 12; // bars beyond these cannot be read

const groupings: Record<string, TextKey> = { category: "trends.category", word: "trends.word", "price band": "trends.price_band" };
const groupOf = (row: Trend) => (row.grouping === "price band" ? row.group.replace(" to ", " – ") : row.group);

// Groups of items whose share of the orders changed, the surest first.
export function Trends() {
  const { query: given } = useRoute();
  const direction = directions.find((one) => one === given.get("direction")) ?? "rising";
  const share = shares.find((one) => one === given.get("share")) ?? "0.1";
  const weeks = spans.find((one) => one === given.get("weeks")) ?? "26";
  const query = useQuery({
    queryKey: ["selection.trends", direction, share, weeks],
    queryFn: ({ signal }) => read("selection.trends", { direction, discovery_share: Number(share), weeks: Number(weeks), top: 100 }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <>
      <Choices direction={direction} share={share} weeks={weeks} />
      <Answer query={query}>{(found) => <Shown found={found} share={Number(share)} />}</Answer>
    </>
  );
}

function Choices(given: { direction: string; share: string; weeks: string }) {
  const text = useText();
  const format = useFormat();
  const choose = (changed: Partial<typeof given>) => go(href("selection", ["trends"], { ...given, ...changed }), "replace");
  return (
    <div className="filters">
      <Choice label={text("trends.direction")} value={given.direction} choose={(direction) => choose({ direction })} options={directions.map((one) => ({ value: one, label: text(`trends.${one}`) }))} />
      <Choice label={text("trends.span")} value={given.weeks} choose={(weeks) => choose({ weeks })} options={spans.map((one) => ({ value: one, label: text("trends.weeks", { n: one }) }))} />
      <Choice label={text("trends.chance")} value={given.share} choose={(share) => choose({ share })} options={shares.map((one) => ({ value: one, label: text("trends.by_chance", { share: format.share(Number(one)) }) }))} />
    </div>
  );
}

function Choice(props: { label: string; value: string; options: { value: string; label: string }[]; choose: (value: string) => void }) {
  return <Radio.Group className="verdicts" aria-label={props.label} value={props.value} optionType="button" options={props.options} onChange={(event) => props.choose(event.target.value)} />;
}

function Shown({ found, share }: { found: Found; share: number }) {
  const text = useText();
  const format = useFormat();
  return (
    <>
      <p className="soft">{text("trends.words", { day: format.day(found.as_of), weeks: found.weeks, tested: format.whole(found.tested), rising: format.whole(found.rising), falling: format.whole(found.falling), share: format.share(share) })}</p>
      {found.trends.length > 0 ? (
        <>
          <Picture trends={found.trends} />
          <TrendRows trends={found.trends} />
        </>
      ) : (
        <Nothing title={text(found.tested ? "trends.none" : "trends.none_tested")}>{text(found.tested ? "trends.none_words" : "trends.none_tested_words")}</Nothing>
      )}
    </>
  );
}

const percent = (value: number) => Math.round(10_000 * value) / 100;

function Picture({ trends }: { trends: Trend[] }) {
  const text = useText();
  const { language } = usePreferences();
  const shown = useMemo(() => trends.slice(0, drawn), [trends]);
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 24, top: 30, bottom: 4, containLabel: true },
      xAxis: { type: "value", min: 0, axisLabel: { formatter: "{value} %" } },
      yAxis: { type: "category", inverse: true, data: shown.map(groupOf), axisLabel: { width: 170, overflow: "truncate", hideOverlap: false } },
      series: [
        { type: "bar", name: text("trends.before"), data: shown.map((row) => percent(row.before)), color: colours.baseline, barMaxWidth: 8 },
        { type: "bar", name: text("trends.after"), data: shown.map((row) => percent(row.after)), color: colours.sales, barMaxWidth: 8 },
      ],
    }),
    [shown, text],
  );
  const table = {
    columns: ["trends.grouping", "trends.group", "trends.since", "trends.before", "trends.after", "trends.times", "trends.q", "trends.orders"].map((key) => text(key as TextKey)),
    rows: trends.map((row) => [text(groupings[row.grouping] ?? "trends.word"), groupOf(row), row.since, row.before, row.after, row.times || null, row.q, row.orders]),
  };
  const summary = language === "zh" ? shown[0].text_zh : shown[0].text_en;
  return <Chart title={text("trends.picture", { n: shown.length })} name="trends" summary={summary} option={option} table={table} height={46 + 26 * shown.length} />;
}

function TrendRows({ trends }: { trends: Trend[] }) {
  const text = useText();
  const format = useFormat();
  const share = (value: number) => `${percent(value).toFixed(2)} %`;
  return (
    <Rows label={text("trends.title")} rows={trends} keyOf={(row) => `${row.grouping} ${row.group}`} columns={[
      { key: "group", title: text("trends.group"), cell: (row) => <><span className="strong">{groupOf(row)}</span> <span className="soft">{text(groupings[row.grouping] ?? "trends.word")}</span></> },
      { key: "since", whole: true, title: text("trends.since"), cell: (row) => format.day(row.since) },
      { key: "before", title: text("trends.before"), number: true, cell: (row) => share(row.before) },
      { key: "after", title: text("trends.after"), number: true, cell: (row) => share(row.after) },
      { key: "times", title: text("trends.times"), number: true, cell: (row) => (row.times ? `× ${format.plain(row.times)}` : text("trends.new")) },
      { key: "q", title: text("trends.q"), number: true, cell: (row) => (row.q < 0.001 ? "< 0.001" : row.q.toFixed(3)) },
      { key: "orders", title: text("trends.orders"), number: true, cell: (row) => format.whole(row.orders) },
      { key: "items", title: text("trends.items"), number: true, cell: (row) => format.whole(row.items) },
      { key: "examples", title: text("trends.examples"), cell: (row) => <span className="links">{row.examples.map((item) => <a key={item} href={href("items", [item])}>{item}</a>)}</span> },
    ]} />
  );
}
