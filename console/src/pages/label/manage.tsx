import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input, Popconfirm } from "antd";
import { useState } from "react";
import { write } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { useMay } from "../../app/session";
import { Failure } from "../../components/states";
import { Pictures } from "./pictures";
import { Rules } from "./rules";
import { Scores } from "./scores";
import type { Shown } from "./types";

export function Manage({ shown }: { shown: Shown }) {
  const text = useText();
  const format = useFormat();
  const may = useMay();
  const facts: [string, string | number][] = [
    [text("field.version"), shown.version],
    [text("label.tasks"), format.whole(shown.tasks)],
    [text("label.per_task"), shown.annotations_per_task],
    [text("label.gold"), format.whole(shown.gold)],
    [text("label.labels"), format.whole(shown.annotations)],
    [text("label.settled"), format.whole(shown.settled)],
  ];
  return (
    <>
      <dl className="headline">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {shown.frozen_at && <Alert className="gap" type="info" showIcon title={text("label.frozen_words", { at: format.moment(shown.frozen_at) })} description={<code className="file">{shown.hash}</code>} />}
      {may("labels.import") && !shown.frozen_at && <Import shown={shown} />}
      {may("labels.rules") && !shown.frozen_at && <Rules shown={shown} />}
      {may("labels.scores") && !shown.frozen_at && <Scores shown={shown} />}
      {may("labels.export") && <Export shown={shown} />}
    </>
  );
}

function useLabels<Given, Found>(work: (given: Given) => Promise<Found>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: work, onSettled: () => void client.invalidateQueries({ predicate: (one) => String(one.queryKey[0]).startsWith("labels.") }) });
}

// A line is a task: plain text, or a JSON object with task_id, text, picture, gold and fields of its own.
const tasksOf = (given: string) =>
  given.split("\n").map((one) => one.trim()).filter(Boolean).map((one) => (one.startsWith("{") ? (JSON.parse(one) as object) : { text: one }));

function Import({ shown }: { shown: Shown }) {
  const text = useText();
  const [given, setGiven] = useState("");
  const add = useLabels(async (lines: string) => write("labels.import", { set: shown.set, tasks: tasksOf(lines) }));
  return (
    <section>
      <h2>{text("label.import")}</h2>
      <Input.TextArea rows={4} value={given} aria-label={text("label.import_words")} placeholder={text("label.import_words")} onChange={(event) => setGiven(event.target.value)} />
      <Button className="gap" disabled={!given.trim()} loading={add.isPending} onClick={() => add.mutate(given, { onSuccess: () => setGiven("") })}>{text("label.add")}</Button>
      {shown.kind === "picture" && <Pictures add={(tasks) => add.mutate(tasks.map((one) => JSON.stringify(one)).join("\n"))} />}
      {add.data && <p role="status">{text("label.added", { added: add.data.added, unchanged: add.data.unchanged, refused: add.data.refused })} {add.data.reasons.slice(0, 3).map((one) => one.reason).join(" ")}</p>}
      {add.error && <Failure error={add.error} />}
    </section>
  );
}

function Export({ shown }: { shown: Shown }) {
  const text = useText();
  const { set, version } = shown;
  const write_ = useLabels((how: "export" | "freeze") => write(`labels.${how}`, { set, version }));
  return (
    <section>
      <h2>{text("label.export")}</h2>
      <p className="soft">{text("label.export_words")}</p>
      <div className="bulk-buttons gap">
        <Button loading={write_.isPending} onClick={() => write_.mutate("export")}>{text("label.export_now")}</Button>
        {!shown.frozen_at && (
          <Popconfirm title={text("label.freeze_ask", { n: shown.settled })} okText={text("label.freeze")} cancelText={text("action.cancel")} onConfirm={() => write_.mutate("freeze")}>
            <Button>{text("label.freeze")}</Button>
          </Popconfirm>
        )}
      </div>
      {write_.data && <Alert className="gap" type="success" title={text("label.exported", { n: write_.data.labels, version: write_.data.version })} description={<code className="file">{write_.data.file}</code>} />}
      {write_.error && <Failure error={write_.error} />}
    </section>
  );
}
