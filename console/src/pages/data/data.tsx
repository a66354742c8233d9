import { useQuery } from "@tanstack/react-query";
import { Tabs } from "antd";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { Page, Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import { Quarantine } from "./quarantine";

export default function Data() {
  const text = useText();
  const { rest } = useRoute();
  const items = [
    { key: "loads", label: text("data.loads"), children: <Loads /> },
    { key: "tables", label: text("data.tables"), children: <Tables /> },
    { key: "quarantine", label: text("data.quarantine"), children: <Quarantine /> },
    { key: "features", label: text("data.features"), children: <Features /> },
  ];
  return (
    <Page title={text("nav.data")}>
      <Tabs activeKey={rest[0] ?? "loads"} items={items} onChange={(key) => go(href("data", [key]))} destroyOnHidden />
    </Page>
  );
}

function Loads() {
  const text = useText();
  const format = useFormat();
  const query = useQuery({ queryKey: ["data.loads"], queryFn: ({ signal }) => read("data.loads", { limit: 200 }, signal) });
  return (
    <Answer query={query}>
      {({ loads }) =>
        loads.length === 0 ? (
          <Nothing title={text("data.no_loads")} />
        ) : (
          <Rows
            label={text("data.loads")}
            rows={loads}
            keyOf={(row) => row.load_id}
            columns={[
              { key: "file", title: text("data.file"), cell: (row) => row.file },
              { key: "source", title: text("data.source"), cell: (row) => row.source },
              { key: "at", whole: true, title: text("data.loaded_at"), cell: (row) => format.moment(row.loaded_at) },
              { key: "read", title: text("data.read"), number: true, cell: (row) => format.whole(row.read) },
              { key: "loaded", title: text("data.loaded"), number: true, cell: (row) => format.whole(row.loaded) },
              { key: "mended", title: text("data.mended"), number: true, cell: (row) => format.whole(row.mended) },
              { key: "aside", title: text("data.aside"), number: true, cell: (row) => (row.quarantined ? <a href={href("data", ["quarantine"], { load: String(row.load_id) })}>{format.whole(row.quarantined)}</a> : "0") },
            ]}
          />
        )
      }
    </Answer>
  );
}

function Tables() {
  const text = useText();
  const format = useFormat();
  const query = useQuery({ queryKey: ["data.summary"], queryFn: ({ signal }) => read("data.summary", {}, signal) });
  return (
    <Answer query={query}>
      {(found) => (
        <>
          <p className="soft gap">{found.first_day ? text("data.span", { from: format.day(found.first_day), to: format.day(found.last_day ?? "") }) : text("data.no_span")}</p>
          <Rows
            label={text("data.tables")}
            rows={[...found.tables].sort((a, b) => b.rows - a.rows)}
            keyOf={(row) => row.table}
            columns={[
              { key: "table", title: text("data.table"), cell: (row) => row.table },
              { key: "rows", title: text("data.rows"), number: true, cell: (row) => format.whole(row.rows) },
            ]}
          />
        </>
      )}
    </Answer>
  );
}

function Features() {
  const text = useText();
  const format = useFormat();
  const query = useQuery({ queryKey: ["features.status"], queryFn: ({ signal }) => read("features.status", {}, signal) });
  return (
    <Answer query={query}>
      {({ entities }) => (
        <Rows
          label={text("data.features")}
          rows={entities}
          keyOf={(row) => row.entity}
          columns={[
            { key: "entity", title: text("data.entity"), cell: (row) => row.entity },
            { key: "declared", title: text("data.declared"), number: true, cell: (row) => format.whole(row.declared) },
            { key: "keys", title: text("data.keys"), number: true, cell: (row) => format.whole(row.keys) },
            { key: "at", whole: true, title: text("data.computed_at"), cell: (row) => (row.computed_at ? format.moment(row.computed_at) : text("data.never")) },
            { key: "fresh", title: text("data.fresh"), cell: (row) => text(row.fresh ? "value.yes" : "value.no") },
          ]}
        />
      )}
    </Answer>
  );
}
