import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Input, Radio } from "antd";
import { useState } from "react";
import { read, start, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { useMay } from "../../app/session";
import { Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import { Explained } from "./explained";
import { Past } from "./past";
import { verdicts, verdictText } from "./verdicts";
import { WhatIf } from "./what_if";

const pageSize = 25;

// The newest scores, the best first.
export function Scores() {
  const text = useText();
  const { query: given } = useRoute();
  const verdict = given.get("verdict") ?? "";
  const category = given.get("category") ?? "";
  const [limit, setLimit] = useState(pageSize);
  const query = useQuery({
    queryKey: ["selection.recommend", verdict, category, limit],
    queryFn: ({ signal }) => read("selection.recommend", { verdict, category, limit }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (query.error && "status" in query.error && query.error.status === 404) return <Nothing title={text("selection.none")} />;
  const more = query.data?.recommendations.length === limit ? () => setLimit(limit + 4 * pageSize) : undefined;
  return <Answer query={query}>{(found) => <Found found={found} verdict={verdict} category={category} more={more} />}</Answer>;
}

export function ScoreNow() {
  const text = useText();
  const may = useMay();
  const { notification } = App.useApp();
  const run = useMutation({
    mutationFn: () => start("jobs.daily", {}),
    onSuccess: () => notification.info({ title: text("selection.started") }),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message, duration: 0 }),
  });
  return may("jobs.daily") && <Button loading={run.isPending} onClick={() => run.mutate()}>{text("selection.run")}</Button>;
}

type Recommended = Reply<"selection.recommend">;

function Filters({ verdict, category }: { verdict: string; category: string }) {
  const text = useText();
  const filter = (query: { verdict: string; category: string }) => go(href("selection", [], query), "replace");
  return (
    <div className="filters">
      <Radio.Group className="verdicts" aria-label={text("selection.verdict")} value={verdict} optionType="button" onChange={(event) => filter({ verdict: event.target.value, category })}
        options={[{ value: "", label: text("selection.all") }, ...verdicts.map((one) => ({ value: one, label: text(verdictText(one)) }))]} />
      <Input.Search allowClear className="search" defaultValue={category} aria-label={text("selection.category")} placeholder={text("selection.category")} onSearch={(value) => filter({ verdict, category: value })} />
    </div>
  );
}

function Found({ found, verdict, category, more }: { found: Recommended; verdict: string; category: string; more?: () => void }) {
  const text = useText();
  const format = useFormat();
  const [item, setItem] = useState<string>();
  return (
    <>
      <p className="soft">{text("selection.as_of", { day: format.day(found.as_of), n: format.whole(found.items), days: found.horizon || 28 })}</p>
      <Filters verdict={verdict} category={category} />
      <section className="scores">
        {found.recommendations.length === 0 ? <Nothing title={text("selection.nothing_like")} /> : <ScoreRows found={found} explain={setItem} />}
        {more && <Button type="link" onClick={more}>{text("data.more")}</Button>}
      </section>
      <WhatIf asOf={found.as_of} />
      <Past />
      {item && <Explained item={item} asOf={found.as_of} close={() => setItem(undefined)} />}
    </>
  );
}

function ScoreRows({ found, explain }: { found: Recommended; explain: (item: string) => void }) {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const money = (value: number) => format.moneyOf(value, found.currency);
  return (
    <Rows
      label={text("nav.selection")}
      rows={found.recommendations}
      keyOf={(row) => row.item}
      columns={[
        { key: "place", title: text("selection.place"), number: true, cell: (row) => row.place },
        { key: "item", title: text("field.item"), cell: (row) => <><a href={href("items", [row.item])}>{row.item}</a> {row.title}</> },
        { key: "verdict", title: text("selection.verdict"), cell: (row) => <>{text(verdictText(row.verdict))}{row.explores && <span className="soft"> · {text("selection.explores")}</span>}</> },
        { key: "expected", title: text("selection.expected"), number: true, cell: (row) => money(row.expected_profit) },
        { key: "interval", title: text("selection.interval"), number: true, cell: (row) => `${money(row.low)} – ${money(row.high)}` },
        { key: "reasons", title: text("selection.reasons"), cell: (row) => <div className="reasons">{language === "zh" ? row.reasons_zh : row.reasons_en}</div> },
        { key: "why", title: text("selection.explain"), cell: (row) => <Button size="small" onClick={() => explain(row.item)}>{text("selection.explain")}</Button> },
      ]}
    />
  );
}
