import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Input, Modal } from "antd";
import { useState, type ReactNode } from "react";
import { write } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import type { Decision } from "./types";

export type Verb = "approve" | "reject" | "roll_back";

export interface Deciding {
  ask: (verb: Verb, decisions: Decision[]) => void;
  isAsking: boolean;
  isBusy: boolean;
  dialog: ReactNode;
}

interface Question {
  verb: Verb;
  decisions: Decision[];
}

// An approval carries the hashes of what was on the screen: what has changed since is left alone, and said so.
const send = ({ verb, decisions, reason }: Question & { reason: string }) => {
  const ids = decisions.map((one) => one.id);
  if (verb === "roll_back") return write("decisions.roll_back", { ids, reason });
  return write(`decisions.${verb}`, { ids, hashes: decisions.map((one) => one.hash), reason });
};

export function useDeciding(done: () => void): Deciding {
  const text = useText();
  const { message, notification } = App.useApp();
  const client = useQueryClient();
  const [question, setQuestion] = useState<Question>();
  const mutation = useMutation({
    mutationFn: send,
    onSuccess: (reply, { verb }) => {
      setQuestion(undefined);
      done();
      if (reply.done) void message.success(text(`done.${verb}`, { n: reply.done }));
      const failed = reply.decisions.filter((one) => one.error);
      if (failed.length)
        notification.warning({ title: text("done.some_not", { n: failed.length }), description: failed.slice(0, 3).map((one) => one.error).join(" "), duration: 0 });
    },
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message || text("state.unreachable"), duration: 0 }),
    onSettled: () => void client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith("decisions.") }),
  });
  return {
    ask: (verb, decisions) => decisions.length > 0 && setQuestion({ verb, decisions }),
    isAsking: question !== undefined,
    isBusy: mutation.isPending,
    dialog: question && <Ask {...question} busy={mutation.isPending} answer={(reason) => mutation.mutate({ ...question, reason })} cancel={() => setQuestion(undefined)} />,
  };
}

function Ask(props: Question & { busy: boolean; answer: (reason: string) => void; cancel: () => void }) {
  const { verb, decisions, busy, answer, cancel } = props;
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const [reason, setReason] = useState("");
  const needed = verb !== "approve";
  const missing = needed && !reason.trim();
  const confirm = () => !missing && answer(reason.trim());
  const sum = decisions.reduce((total, one) => total + one.value.minor, 0);
  const ok = text(`action.${verb}`) + (decisions.length > 1 ? ` (${decisions.length})` : "");
  return (
    <Modal open title={text(`ask.${verb}`, { n: decisions.length })} okText={ok} cancelText={text("action.cancel")} onOk={confirm} onCancel={cancel} confirmLoading={busy} okButtonProps={{ disabled: missing, danger: needed }}>
      {decisions.length === 1 ? <p>{decisions[0].summary[language] || decisions[0].summary.en}</p> : <p>{text("ask.total", { n: decisions.length, value: format.money({ minor: sum, currency: decisions[0].value.currency }) })}</p>}
      <Input.TextArea
        autoFocus
        rows={2}
        maxLength={500}
        value={reason}
        aria-label={text(needed ? "ask.reason" : "ask.reason_optional")}
        placeholder={text(needed ? "ask.reason" : "ask.reason_optional")}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && confirm()}
      />
    </Modal>
  );
}
