import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Modal } from "antd";
import { useState, type ReactNode } from "react";
import { finish, read, write, type Reply } from "../../api/client";
import { useText } from "../../app/preferences";
import { Answer, Failure } from "../../components/states";

type Row = Reply<"data.quarantine">["rows"][number];

// The mapping beside the row that it could not use: checked before it takes the place of the one before, then the rows that
// the same rule had set aside come again.
export function Mend({ row, close, children }: { row: Row; close: () => void; children: ReactNode }) {
  const text = useText();
  const query = useQuery({ queryKey: ["data.mapping"], queryFn: ({ signal }) => read("data.mapping", {}, signal), gcTime: 0 });
  return (
    <Modal open title={text("data.mend")} footer={null} onCancel={close} width={860}>
      <p className="soft gap">{text("data.mend_words", { source: row.source })}</p>
      {children}
      <Answer query={query}>{(mapping) => <Editor row={row} mapping={mapping.text} close={close} />}</Answer>
    </Modal>
  );
}

function useMending(row: Row, done: () => void) {
  const text = useText();
  const client = useQueryClient();
  const { message } = App.useApp();
  const check = useMutation({ mutationFn: (yaml: string) => write("data.replace_mapping", { text: yaml, check_only: true }) });
  const mend = useMutation({
    mutationFn: async (yaml: string) => {
      await write("data.replace_mapping", { text: yaml });
      return finish("data.replay", { source: row.source, rule: row.rule });
    },
    onSuccess: (reply) => {
      void message.success(text("data.replayed", { loaded: reply.loaded, left: reply.quarantined }));
      done();
    },
    onSettled: () => void client.invalidateQueries(),
  });
  return { check, mend };
}

function Editor({ row, mapping, close }: { row: Row; mapping: string; close: () => void }) {
  const text = useText();
  const [yaml, setYaml] = useState(mapping);
  const { check, mend } = useMending(row, close);
  const error = mend.error ?? check.error;
  const change = (value: string) => {
    setYaml(value);
    check.reset();
    mend.reset();
  };
  return (
    <>
      <Input.TextArea className="yaml gap" rows={16} value={yaml} spellCheck={false} aria-label={text("data.mapping")} onChange={(event) => change(event.target.value)} />
      {error && <Failure error={error} />}
      {check.data && <Alert className="gap" type={check.data.sources_gone.length ? "warning" : "success"} showIcon title={check.data.sources_gone.length ? text("data.sources_gone", { names: check.data.sources_gone.join(", ") }) : text("data.mapping_good")} />}
      <div className="bulk-buttons gap">
        <Button loading={check.isPending} onClick={() => check.mutate(yaml)}>{text("data.check")}</Button>
        <Button type="primary" disabled={!check.data || yaml === mapping} loading={mend.isPending} onClick={() => mend.mutate(yaml)}>{text("data.mend_now")}</Button>
      </div>
    </>
  );
}
