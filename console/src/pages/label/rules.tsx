import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { write } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { Rows } from "../../components/page";
import { Failure } from "../../components/states";
import type { Shown } from "./types";

interface Rule {
  name: string;
  regex: string;
  label: string;
}

// Weak rules: what a text holds, and the label that this speaks for. Together they make the first guess.
export function Rules({ shown }: { shown: Shown }) {
  const text = useText();
  const format = useFormat();
  const client = useQueryClient();
  const [regex, setRegex] = useState("");
  const [label, setLabel] = useState(shown.classes[0]);
  const [rules, setRules] = useState<Rule[]>([]);
  const apply = useMutation({
    mutationFn: () => write("labels.rules", { set: shown.set, rules: rules.map((one) => ({ ...one, field: shown.kind === "record" ? undefined : "text" })) }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["labels.next", shown.set] }),
  });
  const add = () => {
    setRules([...rules, { name: `rule-${rules.length + 1}`, regex: regex.trim(), label }]);
    setRegex("");
  };
  return (
    <section>
      <h2>{text("label.rules")}</h2>
      <p className="soft gap">{text("label.rules_words")}</p>
      <div className="toolbar">
        <Input value={regex} maxLength={200} aria-label={text("label.regex")} placeholder={text("label.regex")} onChange={(event) => setRegex(event.target.value)} />
        <Select value={label} aria-label={text("label.rule_label")} options={shown.classes.map((one) => ({ value: one, label: one }))} onChange={setLabel} />
        <Button disabled={!regex.trim()} onClick={add}>{text("label.add_rule")}</Button>
        <Button disabled={rules.length === 0} loading={apply.isPending} onClick={() => apply.mutate()}>{text("label.apply_rules")}</Button>
      </div>
      <ul className="plain-list">
        {rules.map((one) => (
          <li key={one.name}><code>{one.regex}</code> → {one.label} <Button size="small" type="text" onClick={() => setRules(rules.filter((other) => other !== one))}>{text("label.drop_rule")}</Button></li>
        ))}
      </ul>
      {apply.data && <p role="status">{text("label.guessed", { n: apply.data.guessed, tasks: apply.data.tasks })}</p>}
      {apply.data && (
        <Rows
          label={text("label.rules")}
          rows={apply.data.rules}
          keyOf={(row) => row.name}
          columns={[
            { key: "regex", title: text("label.regex"), cell: (row) => <code>{row.regex || row.where}</code> },
            { key: "label", title: text("label.rule_label"), cell: (row) => row.label },
            { key: "coverage", title: text("label.coverage"), number: true, cell: (row) => format.share(row.coverage) },
            { key: "conflict", title: text("label.contradicts"), number: true, cell: (row) => format.share(row.conflict) },
          ]}
        />
      )}
      {apply.error && <Failure error={apply.error} />}
    </section>
  );
}
