import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useEffect, useState } from "react";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { useSession } from "../../app/session";
import { Page, Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import { ItemPage } from "./item";

export default function Items() {
  const { rest } = useRoute();
  return rest[0] ? <ItemPage key={rest[0]} item={rest[0]} /> : <Search />;
}

function Search() {
  const text = useText();
  const { query: given } = useRoute();
  const [typed, setTyped] = useState(given.get("q") ?? "");
  const [asked, setAsked] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => (setAsked(typed), go(href("items", [], { q: typed }), "replace")), 120);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = useQuery({ queryKey: ["items.search", asked], queryFn: ({ signal }) => read("items.search", { query: asked, limit: 50 }, signal), placeholderData: keepPreviousData });
  return (
    <Page title={text("nav.items")}>
      <Input autoFocus allowClear size="large" value={typed} aria-label={text("items.search")} placeholder={text("items.search")} onChange={(event) => setTyped(event.target.value)} />
      <Answer query={query}>{(found) => <Found {...found} />}</Answer>
    </Page>
  );
}

type FoundProps = Awaited<ReturnType<typeof read<"items.search">>>;

function Found({ items, more, total }: FoundProps) {
  const text = useText();
  const format = useFormat();
  const { currency } = useSession();
  if (items.length === 0) return <Nothing title={total ? text("items.none_match") : text("items.none")} />;
  return (
    <>
      <p className="soft small gap">{more ? text("items.some", { n: items.length, total: format.whole(total) }) : text("items.all", { n: items.length })}</p>
      <Rows
        label={text("nav.items")}
        rows={items}
        keyOf={(row) => row.item_id}
        columns={[
          { key: "id", title: text("field.item"), cell: (row) => <a href={href("items", [row.item_id])}>{row.item_id}</a> },
          { key: "title", title: text("field.title"), cell: (row) => row.title },
          { key: "category", title: text("item.category"), cell: (row) => row.category },
          { key: "price", title: text("item.price"), number: true, cell: (row) => (row.unit_price === null ? "" : format.money({ minor: row.unit_price, currency })) },
        ]}
      />
    </>
  );
}
