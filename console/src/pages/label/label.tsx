import { useQuery } from "@tanstack/react-query";
import { Button, Tabs } from "antd";
import { useState } from "react";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { useMay } from "../../app/session";
import { Page, Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import { Agreement } from "./agreement";
import { Conflicts } from "./conflicts";
import { Manage } from "./manage";
import { NewSet } from "./new_set";
import { Work } from "./work";

export default function Label() {
  const { rest } = useRoute();
  return rest[0] ? <LabelSet key={rest[0]} set={rest[0]} /> : <Sets />;
}

function Sets() {
  const text = useText();
  const format = useFormat();
  const may = useMay();
  const [making, setMaking] = useState(false);
  const query = useQuery({ queryKey: ["labels.list_sets"], queryFn: ({ signal }) => read("labels.list_sets", {}, signal) });
  const button = may("labels.create_set") && <Button type="primary" onClick={() => setMaking(true)}>{text("label.new")}</Button>;
  return (
    <Page title={text("nav.label")} tools={button}>
      <Answer query={query}>
        {({ sets }) =>
          sets.length === 0 ? (
            <Nothing title={text("label.none")}>{text("label.none_words")}</Nothing>
          ) : (
            <Rows
              label={text("nav.label")}
              rows={sets}
              keyOf={(row) => `${row.set} ${row.version}`}
              columns={[
                { key: "set", title: text("label.set"), cell: (row) => <a href={href("label", [row.set])}>{row.set}</a> },
                { key: "version", title: text("field.version"), number: true, cell: (row) => row.version },
                { key: "tasks", title: text("label.tasks"), number: true, cell: (row) => format.whole(row.tasks) },
                { key: "labels", title: text("label.labels"), number: true, cell: (row) => format.whole(row.annotations) },
                { key: "settled", title: text("label.settled"), number: true, cell: (row) => format.whole(row.settled) },
                { key: "frozen", title: text("label.frozen"), cell: (row) => text(row.frozen ? "value.yes" : "value.no") },
              ]}
            />
          )
        }
      </Answer>
      {making && <NewSet close={() => setMaking(false)} />}
    </Page>
  );
}

function LabelSet({ set }: { set: string }) {
  const text = useText();
  const may = useMay();
  const { rest } = useRoute();
  const query = useQuery({ queryKey: ["labels.show_set", set], queryFn: ({ signal }) => read("labels.show_set", { set }, signal) });
  return (
    <Page title={set} tools={<a href={href("label")}>{text("label.all")}</a>}>
      <Answer query={query}>
        {(shown) => {
          const items = [
            ...(may("labels.next") && !shown.frozen_at ? [{ key: "work", label: text("label.work"), children: <Work shown={shown} /> }] : []),
            { key: "agreement", label: text("label.agreement"), children: <Agreement set={set} /> },
            ...(may("labels.tasks") ? [{ key: "conflicts", label: text("label.conflicts"), children: <Conflicts shown={shown} /> }] : []),
            { key: "set", label: text("label.manage"), children: <Manage shown={shown} /> },
          ];
          const open = items.find((one) => one.key === rest[1]) ?? items[0];
          return <Tabs activeKey={open.key} items={items} onChange={(key) => go(href("label", [set, key]))} destroyOnHidden />;
        }}
      </Answer>
    </Page>
  );
}
