import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, InputNumber, Modal, Popconfirm } from "antd";
import { useState } from "react";
import { read, write, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { useMay } from "../../app/session";
import { useForecast } from "../../components/item_chart";
import { Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";

type Override = Reply<"demand.overrides">["overrides"][number];

function useRefresh() {
  const client = useQueryClient();
  return () => ["demand.overrides", "demand.forecast", "demand.explain", "stock.projection"].forEach((key) => void client.invalidateQueries({ queryKey: [key] }));
}

// What planners say beside the model: orders are made from it until it ends.
export function Overrides({ item }: { item: string }) {
  const text = useText();
  const format = useFormat();
  const may = useMay();
  const refresh = useRefresh();
  const { notification } = App.useApp();
  const [adding, setAdding] = useState(false);
  const query = useQuery({ queryKey: ["demand.overrides", item], queryFn: ({ signal }) => read("demand.overrides", { item, ended: true, limit: 50 }, signal) });
  const withdraw = useMutation({
    mutationFn: (override_id: number) => write("demand.withdraw", { override_id }),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: refresh,
  });
  const said = (row: Override) => (row.units === null ? text("override.times", { n: format.plain(row.factor ?? 1) }) : text("override.units", { n: format.plain(row.units) }));
  return (
    <>
      {may("demand.override") && (
        <div className="toolbar">
          <Button onClick={() => setAdding(true)}>{text("override.add")}</Button>
        </div>
      )}
      <Answer query={query} rows={2}>
        {({ overrides }) =>
          overrides.length === 0 ? (
            <Nothing title={text("override.none")} />
          ) : (
            <Rows
              label={text("override.title")}
              rows={overrides}
              keyOf={(row) => String(row.override_id)}
              columns={[
                { key: "said", title: text("override.said"), cell: said },
                { key: "from", title: text("override.from"), cell: (row) => format.day(row.from) },
                { key: "until", title: text("override.until"), cell: (row) => format.day(row.until) },
                { key: "why", title: text("override.why"), cell: (row) => row.reason },
                { key: "by", title: text("override.by"), cell: (row) => row.made_by.replace(/^user:/, "") },
                {
                  key: "withdraw",
                  title: text("override.withdraw"),
                  cell: (row) =>
                    row.withdrawn_on ? (
                      text("override.withdrawn", { day: format.day(row.withdrawn_on) })
                    ) : may("demand.withdraw") ? (
                      <Popconfirm title={text("override.withdraw_ask")} okText={text("override.withdraw")} cancelText={text("action.cancel")} onConfirm={() => withdraw.mutate(row.override_id)}>
                        <Button size="small">{text("override.withdraw")}</Button>
                      </Popconfirm>
                    ) : (
                      "–"
                    ),
                },
              ]}
            />
          )
        }
      </Answer>
      {adding && <Add item={item} close={() => setAdding(false)} />}
    </>
  );
}

const daysAfter = (day: string, days: number) => new Date(Date.parse(day) + 86_400_000 * days).toISOString().slice(0, 10);

function Add({ item, close }: { item: string; close: () => void }) {
  const text = useText();
  const refresh = useRefresh();
  const { message, notification } = App.useApp();
  const forecast = useForecast(item);
  const [units, setUnits] = useState<number | null>(null);
  const [chosen, setUntil] = useState<string>();
  const until = chosen ?? (forecast.data ? daysAfter(forecast.data.as_of, 28) : "");
  const [reason, setReason] = useState("");
  const save = useMutation({
    mutationFn: () => write("demand.override", { item, units: units ?? 0, until, reason: reason.trim() }),
    onSuccess: () => (close(), void message.success(text("override.saved"))),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: refresh,
  });
  const ready = units !== null && /^\d{4}-\d{2}-\d{2}$/.test(until) && reason.trim() !== "";
  return (
    <Modal open title={text("override.add")} onCancel={close} onOk={() => save.mutate()} okText={text("action.save")} cancelText={text("action.cancel")} okButtonProps={{ disabled: !ready, loading: save.isPending }}>
      <div className="form">
        <p className="soft">{text("override.words")}</p>
        <label>
          {text("override.units_label")}
          <InputNumber min={0} value={units} aria-label={text("override.units_label")} onChange={setUnits} />
        </label>
        <label>
          {text("override.until")}
          <Input type="date" value={until} aria-label={text("override.until")} onChange={(event) => setUntil(event.target.value)} />
        </label>
        <label>
          {text("override.why")}
          <Input.TextArea rows={2} maxLength={500} value={reason} aria-label={text("override.why")} onChange={(event) => setReason(event.target.value)} />
        </label>
      </div>
    </Modal>
  );
}
