import { useQuery } from "@tanstack/react-query";
import { Modal } from "antd";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { href } from "../../app/route";
import { Rows } from "../../components/page";
import { Answer } from "../../components/states";
import { verdictText } from "./verdicts";

// Why an item has its verdict: topics by their effect, items like it, and what would change the verdict.
export function Explained({ item, asOf, close }: { item: string; asOf: string; close: () => void }) {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const chinese = language === "zh";
  const query = useQuery({ queryKey: ["selection.explain", item, asOf], queryFn: ({ signal }) => read("selection.explain", { item, as_of: asOf }, signal), retry: false });
  return (
    <Modal open title={item} onCancel={close} footer={null} width={820}>
      <Answer query={query}>
        {(shown) => (
          <>
            <p><strong>{text(verdictText(shown.verdict))}</strong> {shown.title}</p>
            <p>{chinese ? shown.reasons_zh : shown.reasons_en}</p>
            <Rows label={text("selection.topic")} rows={shown.topics.filter((one) => Math.abs(one.share) > 0.005)} keyOf={(row) => row.topic} columns={[
              { key: "topic", title: text("selection.topic"), cell: (row) => (chinese ? row.text_zh : row.text_en) },
              { key: "share", title: text("selection.share"), number: true, cell: (row) => `× ${format.plain(Math.exp(row.share))}` },
            ]} />
            <h3>{text("selection.changes")}</h3>
            <ul>{shown.changes.map((one) => <li key={one.lever}>{chinese ? one.text_zh : one.text_en}</li>)}</ul>
            <h3>{text("selection.similar")}</h3>
            <Rows label={text("selection.similar")} rows={shown.similar} keyOf={(row) => row.item} columns={[
              { key: "item", title: text("field.item"), cell: (row) => <><a href={href("items", [row.item])}>{row.item}</a> {row.title}</> },
              { key: "verdict", title: text("selection.verdict"), cell: (row) => text(verdictText(row.verdict)) },
              { key: "expected", title: text("selection.expected"), number: true, cell: (row) => format.moneyOf(row.expected_profit, shown.currency) },
              { key: "distance", title: text("selection.distance"), number: true, cell: (row) => format.plain(row.distance) },
            ]} />
          </>
        )}
      </Answer>
    </Modal>
  );
}
