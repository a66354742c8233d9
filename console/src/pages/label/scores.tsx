import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { write } from "../../api/client";
import { useText } from "../../app/preferences";
import { Failure } from "../../components/states";
import type { Shown } from "./types";

const strategies = ["least_confidence", "margin", "entropy"] as const;

// A line: the task's id and the model's probability of each class, in the order of the classes.
const scoresOf = (given: string) =>
  given.split("\n").map((one) => one.trim()).filter(Boolean).map((one) => {
    const [task_id, ...probabilities] = one.split(/[\t,]/).map((part) => part.trim());
    return { task_id, probabilities: probabilities.map(Number) };
  });

// What a model is least sure of is asked next.
export function Scores({ shown }: { shown: Shown }) {
  const text = useText();
  const client = useQueryClient();
  const [model, setModel] = useState("");
  const [given, setGiven] = useState("");
  const [strategy, setStrategy] = useState<string>(strategies[0]);
  const [explore, setExplore] = useState(0.1);
  const apply = useMutation({
    mutationFn: () => write("labels.scores", { set: shown.set, model: model.trim(), strategy, explore, scores: scoresOf(given) }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["labels.next", shown.set] }),
  });
  return (
    <section>
      <h2>{text("label.scores")}</h2>
      <p className="soft gap">{text("label.scores_words", { classes: shown.classes.join(", ") })}</p>
      <div className="toolbar">
        <Input value={model} maxLength={100} aria-label={text("label.model")} placeholder={text("label.model")} onChange={(event) => setModel(event.target.value)} />
        <Select value={strategy} aria-label={text("label.strategy")} options={strategies.map((one) => ({ value: one, label: text(`label_strategy.${one}`) }))} onChange={setStrategy} />
        <InputNumber min={0} max={1} step={0.05} value={explore} aria-label={text("label.explore")} addonBefore={text("label.explore")} onChange={(value) => setExplore(value ?? 0)} />
      </div>
      <Input.TextArea rows={4} value={given} aria-label={text("label.scores")} placeholder={`task-1, ${shown.classes.map(() => (1 / shown.classes.length).toFixed(2)).join(", ")}`} onChange={(event) => setGiven(event.target.value)} />
      <Button className="gap" disabled={!model.trim() || !given.trim()} loading={apply.isPending} onClick={() => apply.mutate()}>{text("label.use_scores")}</Button>
      {apply.data && <p role="status">{text("label.scored", { n: apply.data.accepted })} {apply.data.reasons.slice(0, 3).map((one) => one.error).join(" ")}</p>}
      {apply.error && <Failure error={apply.error} />}
    </section>
  );
}
