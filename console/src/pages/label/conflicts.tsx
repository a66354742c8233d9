import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { Problem, read, write } from "../../api/client";
import { useText } from "../../app/preferences";
import { Answer, Nothing } from "../../components/states";
import { Content } from "./content";
import type { Judged, Shown } from "./types";

type Word = { task_id: string; label: string; reason: string };

function useSettle(set: string) {
  const text = useText();
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  return useMutation({
    mutationFn: async (word?: Word) => {
      const reply = await write("labels.settle", word ? { set, adjudications: [word] } : { set });
      const refused = reply.tasks.find((one) => one.error);
      if (refused) throw new Problem(409, refused.error_code ?? "", refused.error ?? "");
      return reply;
    },
    onSuccess: (reply) => void message.success(text("label.settled_now", { n: reply.settled })),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => void client.invalidateQueries({ predicate: (one) => String(one.queryKey[0]).startsWith("labels.") && one.queryKey[0] !== "labels.next" }),
  });
}

// Where annotators disagree, an approver says what stands, and why.
export function Conflicts({ shown }: { shown: Shown }) {
  const text = useText();
  const settle = useSettle(shown.set);
  const query = useInfiniteQuery({
    queryKey: ["labels.tasks", shown.set, "conflict"],
    queryFn: ({ pageParam, signal }) => read("labels.tasks", { set: shown.set, state: "conflict", limit: 50, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
  return (
    <>
      <div className="toolbar">
        <span className="soft">{text("label.majority_words")}</span>
        {!shown.frozen_at && <Button loading={settle.isPending} onClick={() => settle.mutate(undefined)}>{text("label.settle_all")}</Button>}
      </div>
      <Answer query={query}>
        {({ pages }) => {
          const tasks = pages.flatMap((page) => page.tasks);
          if (tasks.length === 0) return <Nothing title={text("label.no_conflicts")} />;
          return (
            <>
              <ul className="quarantine">
                {tasks.map((task) => <Conflict key={task.task_id} task={task} classes={shown.classes} busy={settle.isPending} say={settle.mutate} />)}
              </ul>
              {query.hasNextPage && <Button className="gap" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{text("data.more")}</Button>}
            </>
          );
        }}
      </Answer>
    </>
  );
}

function Conflict({ task, classes, busy, say }: { task: Judged; classes: string[]; busy: boolean; say: (word: Word) => void }) {
  const text = useText();
  const [reason, setReason] = useState("");
  return (
    <li className="panel conflict">
      <Content task={task} />
      <p className="soft small">{task.labels.map((one) => `${one.annotator.replace(/^user:/, "")}: ${one.label ?? "–"}`).join(" · ")}</p>
      <div className="toolbar gap">
        <Input value={reason} maxLength={500} aria-label={text("ask.reason")} placeholder={text("ask.reason")} onChange={(event) => setReason(event.target.value)} />
        <span className="bulk-buttons">
          {classes.map((label) => <Button key={label} disabled={busy || !reason.trim()} onClick={() => say({ task_id: task.task_id, label, reason: reason.trim() })}>{label}</Button>)}
        </span>
      </div>
    </li>
  );
}
