import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { read, write, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { useMay } from "../../app/session";
import { Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";

type Scheduled = Reply<"jobs.schedule">["schedules"][number];

function useSetSchedule(done: () => void) {
  const text = useText();
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  return useMutation({
    mutationFn: (given: { operation: string; schedule: string }) => write("jobs.set_schedule", given),
    onSuccess: () => (done(), void message.success(text("jobs.schedule_set"))),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["jobs.schedule"] }),
  });
}

// What runs by itself. Admins change it here; it counts at once, over what shop.yaml says.
export function Schedule() {
  const text = useText();
  const format = useFormat();
  const may = useMay();
  const query = useQuery({ queryKey: ["jobs.schedule"], queryFn: ({ signal }) => read("jobs.schedule", {}, signal), refetchInterval: 30_000 });
  return (
    <>
      <Answer query={query} rows={2}>
        {({ schedules }) =>
          schedules.length === 0 ? (
            <Nothing title={text("jobs.no_schedule")} />
          ) : (
            <Rows
              label={text("jobs.schedule")}
              rows={schedules}
              keyOf={(row) => row.operation}
              columns={[
                { key: "operation", title: text("jobs.run"), cell: (row) => row.operation },
                { key: "schedule", title: text("jobs.when"), cell: (row) => (may("jobs.set_schedule") ? <Change key={row.schedule} row={row} /> : row.schedule || text("jobs.off")) },
                { key: "next", whole: true, title: text("jobs.next"), cell: (row) => (row.next_at ? format.moment(row.next_at) : "–") },
                { key: "last", whole: true, title: text("jobs.last"), cell: (row) => (row.last_at ? format.moment(row.last_at) : "–") },
                { key: "by", title: text("jobs.set_by"), cell: (row) => row.set_by.replace(/^user:/, "") },
              ]}
            />
          )
        }
      </Answer>
      {may("jobs.set_schedule") && <Add />}
    </>
  );
}

function Change({ row }: { row: Scheduled }) {
  const text = useText();
  const [schedule, setSchedule] = useState(row.schedule);
  const set = useSetSchedule(() => {});
  const save = () => set.mutate({ operation: row.operation, schedule: schedule.trim() });
  return (
    <span className="inline-form">
      <Input size="small" value={schedule} placeholder={text("jobs.off")} aria-label={text("jobs.schedule_of", { name: row.operation })} onChange={(event) => setSchedule(event.target.value)} onPressEnter={save} />
      {schedule.trim() !== row.schedule && <Button size="small" loading={set.isPending} onClick={save}>{text("action.save")}</Button>}
    </span>
  );
}

function Add() {
  const text = useText();
  const [operation, setOperation] = useState("jobs.daily");
  const [schedule, setSchedule] = useState("");
  const set = useSetSchedule(() => setSchedule(""));
  const save = () => operation.trim() && schedule.trim() && set.mutate({ operation: operation.trim(), schedule: schedule.trim() });
  return (
    <div className="toolbar gap schedule-form">
      <Input value={operation} aria-label={text("jobs.operation")} placeholder={text("jobs.operation")} onChange={(event) => setOperation(event.target.value)} />
      <Input value={schedule} aria-label={text("jobs.when")} placeholder={text("jobs.when_example")} onChange={(event) => setSchedule(event.target.value)} onPressEnter={save} />
      <Button disabled={!operation.trim() || !schedule.trim()} loading={set.isPending} onClick={save}>{text("jobs.set")}</Button>
    </div>
  );
}
