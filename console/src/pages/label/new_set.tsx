import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Checkbox, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { write } from "../../api/client";
import { useText } from "../../app/preferences";
import { go, href } from "../../app/route";
import { Failure } from "../../components/states";

const kinds = ["text", "record", "picture"] as const;
const lines = (given: string) => given.split("\n").map((one) => one.trim()).filter(Boolean);

export function NewSet({ close }: { close: () => void }) {
  const text = useText();
  const client = useQueryClient();
  const [set, setSet] = useState("");
  const [kind, setKind] = useState<string>("text");
  const [classes, setClasses] = useState("");
  const [instructions, setInstructions] = useState("");
  const [annotators, setAnnotators] = useState(1);
  const [guess, setGuess] = useState(false);
  const create = useMutation({
    mutationFn: () => write("labels.create_set", { set: set.trim(), kind, classes: lines(classes), instructions, annotations_per_task: annotators, show_guess: guess }),
    onSuccess: (reply) => {
      void client.invalidateQueries({ queryKey: ["labels.list_sets"] });
      go(href("label", [reply.set, "set"]));
    },
  });
  const incomplete = !/^[a-z0-9_-]{1,64}$/.test(set.trim()) || lines(classes).length < 2;
  return (
    <Modal open title={text("label.new")} okText={text("action.save")} cancelText={text("action.cancel")} onOk={() => create.mutate()} onCancel={close} confirmLoading={create.isPending} okButtonProps={{ disabled: incomplete }}>
      <div className="form">
        <label>{text("label.set_name")}<Input autoFocus value={set} maxLength={64} onChange={(event) => setSet(event.target.value)} /></label>
        <label>{text("label.classes")}<Input.TextArea rows={3} value={classes} onChange={(event) => setClasses(event.target.value)} /></label>
        <label>{text("label.instructions")}<Input.TextArea rows={3} value={instructions} onChange={(event) => setInstructions(event.target.value)} /></label>
        <label>{text("label.kind")}<Select value={kind} aria-label={text("label.kind")} options={kinds.map((one) => ({ value: one, label: text(`label_kind.${one}`) }))} onChange={setKind} /></label>
        <label>{text("label.per_task")}<InputNumber min={1} max={100} value={annotators} onChange={(value) => setAnnotators(value ?? 1)} /></label>
        <Checkbox checked={guess} onChange={(event) => setGuess(event.target.checked)}>{text("label.show_guess")}</Checkbox>
      </div>
      {create.error && <Failure error={create.error} />}
    </Modal>
  );
}
