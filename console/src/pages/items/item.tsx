import { useQuery } from "@tanstack/react-query";
import { read, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { href } from "../../app/route";
import { ItemChart, useForecast, useItem } from "../../components/item_chart";
import { Page, Rows } from "../../components/page";
import { StateTag } from "../../components/state_tag";
import { Answer, Nothing } from "../../components/states";
import { Overrides } from "./overrides";
import { Places } from "./places";
import { Projection } from "./projection";
import { Why } from "./why";

export function ItemPage({ item }: { item: string }) {
  const text = useText();
  const query = useItem(item);
  const title = query.data?.item.title || item;
  return (
    <Page title={title} tools={<a href={href("items")}>{text("items.back")}</a>}>
      <Answer query={query}>
        {(shown) => (
          <>
            <Master shown={shown} />
            <ItemChart item={item} weeks={104} />
            <ForecastWords item={item} />
            <Why item={item} />
            <Places item={item} />
            <h2>{text("override.title")}</h2>
            <Overrides item={item} />
            <h2>{text("item.projection")}</h2>
            <Projection item={item} />
            <h2>{text("nav.decisions")}</h2>
            <ItsDecisions item={item} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Master({ shown }: { shown: Reply<"items.show"> }) {
  const text = useText();
  const format = useFormat();
  const { item, stock } = shown;
  const money = (minor: number | null) => (minor === null ? "–" : format.money({ minor, currency: item.currency }));
  const facts: [string, string][] = [
    [text("field.item"), item.item_id],
    [text("item.category"), item.category || "–"],
    [text("field.supplier"), item.supplier || "–"],
    [text("item.price"), money(item.unit_price)],
    [text("field.unit_cost"), money(item.unit_cost)],
    [text("field.on_hand"), stock ? text("item.counted", { n: format.whole(stock.on_hand), day: format.day(stock.day) }) : "–"],
    [text("field.on_order"), stock ? format.whole(stock.on_order) : "–"],
    [text("item.listed_on"), item.listed_on ? format.day(item.listed_on) : "–"],
  ];
  return <dl className="headline">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function ForecastWords({ item }: { item: string }) {
  const text = useText();
  const format = useFormat();
  const { data } = useForecast(item);
  if (!data) return <p className="soft">{text("item.no_forecast")}</p>;
  return <p className="soft small">{text("item.forecast_words", { method: data.method, day: format.day(data.as_of), error: format.plain(data.backtest_error), baseline: format.plain(data.baseline_error), windows: data.backtest_windows })}</p>;
}

function ItsDecisions({ item }: { item: string }) {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["decisions.list", "item", item], queryFn: ({ signal }) => read("decisions.list", { subject: `item:${item}`, sort: "changed", limit: 20 }, signal) });
  return (
    <Answer query={query} rows={3}>
      {({ decisions }) =>
        decisions.length === 0 ? (
          <Nothing title={text("decisions.none_match")} />
        ) : (
          <Rows
            label={text("nav.decisions")}
            rows={decisions}
            keyOf={(row) => row.id}
            columns={[
              { key: "day", title: text("decisions.as_of"), cell: (row) => format.day(row.as_of) },
              { key: "what", title: text("detail.what"), cell: (row) => <a href={href("decisions", [row.id], { state: row.state })}>{(row.summary[language] || row.summary.en).split(/[:：]/)[0]}</a> },
              { key: "state", title: text("decisions.state"), cell: (row) => <StateTag state={row.state} /> },
              { key: "value", title: text("decisions.value"), number: true, cell: (row) => format.money(row.value) },
            ]}
          />
        )
      }
    </Answer>
  );
}
