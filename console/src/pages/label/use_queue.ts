import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Problem, write } from "../../api/client";
import type { Task } from "./types";

interface Current {
  task: Task;
  given?: string;
}

export interface Queue {
  current?: Current;
  done: number;
  isLoading: boolean;
  isBusy: boolean;
  canGoBack: boolean;
  error: unknown;
  give: (label: string) => void;
  skip: () => void;
  back: () => void;
  again: () => void;
}

// A label that the server refused is no label: what it said is shown, and the task stays.
async function send(set: string, task_id: string, label: string | undefined) {
  const reply = label === undefined ? await write("labels.skip", { set, task_ids: [task_id] }) : await write("labels.submit", { set, labels: [{ task_id, label }] });
  const refused = reply.tasks.find((one) => one.error);
  if (refused) throw new Problem(409, refused.error_code ?? "", refused.error ?? "");
}

// The tasks that are held, ten at a time; and what was just labelled, so that a slip of the finger is mended at once.
export function useQueue(set: string): Queue {
  const client = useQueryClient();
  const [past, setPast] = useState<Current[]>([]);
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const [mending, setMending] = useState(false);
  const held = useQuery({ queryKey: ["labels.next", set], queryFn: () => write("labels.next", { set, limit: 10 }), staleTime: Infinity, gcTime: 0, retry: false });
  const waiting = held.data?.tasks.filter((one) => !settled.has(one.task_id)) ?? [];
  const last = past[past.length - 1];
  const current = mending && last ? last : waiting[0] && { task: waiting[0] };
  const answer = useMutation({
    mutationFn: ({ task, label }: { task: Task; label?: string }) => send(set, task.task_id, label),
    onSuccess: (_, { task, label }) => {
      setMending(false);
      if (label !== undefined) setPast((before) => [...before.filter((one) => one.task.task_id !== task.task_id), { task, given: label }]);
      setSettled((before) => new Set(before).add(task.task_id));
      void client.invalidateQueries({ queryKey: ["labels.show_set", set] });
      if (waiting.filter((one) => one.task_id !== task.task_id).length === 0) void held.refetch();
    },
  });
  return {
    current,
    done: past.length,
    isLoading: held.isFetching,
    isBusy: answer.isPending,
    canGoBack: Boolean(last) && !mending && !answer.isPending,
    error: answer.error ?? (held.data ? null : held.error),
    give: (label) => current && !answer.isPending && answer.mutate({ task: current.task, label }),
    skip: () => current && !current.given && !answer.isPending && answer.mutate({ task: current.task }),
    back: () => setMending(Boolean(last)),
    again: () => (answer.reset(), setMending(false), void held.refetch()),
  };
}
