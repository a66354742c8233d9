import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, InputNumber, Modal } from "antd";
import { useState } from "react";
import { read, write, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { useMay, useSession } from "../../app/session";
import { Rows } from "../../components/page";
import { Answer } from "../../components/states";

type Policy = Reply<"decisions.policies">["policies"][number];

// What is approved without a person, and who said so. Admins change it here, with a reason; it counts at once, over
// what shop.yaml says.
export function Policies() {
  const text = useText();
  const format = useFormat();
  const may = useMay();
  const { language } = usePreferences();
  const { currency } = useSession();
  const [changing, setChanging] = useState<Policy>();
  const query = useQuery({ queryKey: ["decisions.policies"], queryFn: ({ signal }) => read("decisions.policies", {}, signal) });
  const title = (row: Policy) => (language === "zh" ? row.title_zh : row.title_en) || row.kind;
  const origin = (row: Policy) =>
    row.origin === "set" ? text("settings.set_by", { name: row.set_by.replace(/^user:/, ""), at: format.moment(row.set_at) }) : text(row.origin === "default" ? "settings.by_default" : "settings.by_file");
  return (
    <>
      <Answer query={query} rows={2}>
        {({ policies }) => (
          <Rows
            label={text("settings.policies")}
            rows={policies}
            keyOf={(row) => row.kind}
            columns={[
              { key: "kind", title: text("decisions.kind"), cell: title },
              { key: "below", title: text("settings.approve_below"), number: true, cell: (row) => (row.approve_below ? format.moneyOf(row.approve_below, currency) : text("settings.never")) },
              { key: "daily", title: text("settings.daily_limit"), number: true, cell: (row) => (row.approve_below ? format.moneyOf(row.daily_limit, currency) : "–") },
              { key: "expire", title: text("settings.expire"), number: true, cell: (row) => text("time.plain_hours", { n: row.expire_after_hours }) },
              { key: "origin", title: text("settings.origin"), cell: (row) => <span title={row.reason}>{origin(row)}</span> },
              ...(may("decisions.set_policy")
                ? [{ key: "change", title: text("settings.change"), cell: (row: Policy) => <Button size="small" aria-label={text("settings.change_of", { name: title(row) })} onClick={() => setChanging(row)}>{text("settings.change")}</Button> }]
                : []),
            ]}
          />
        )}
      </Answer>
      {changing && <Change policy={changing} title={title(changing)} close={() => setChanging(undefined)} />}
    </>
  );
}

function Change({ policy, title, close }: { policy: Policy; title: string; close: () => void }) {
  const text = useText();
  const client = useQueryClient();
  const { currency } = useSession();
  const { message, notification } = App.useApp();
  const [limits, setLimits] = useState({ approve_below: policy.approve_below, daily_limit: policy.daily_limit, expire_after_hours: policy.expire_after_hours });
  const [reason, setReason] = useState("");
  const set = useMutation({
    mutationFn: () => write("decisions.set_policy", { kind: policy.kind, ...limits, reason: reason.trim() }),
    onSuccess: () => (close(), void message.success(text("settings.policy_set"))),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["decisions.policies"] }),
  });
  const field = (name: keyof typeof limits, label: string, unit: string, least: number) => (
    <label>
      {label}
      <InputNumber aria-label={label} min={least} value={limits[name]} suffix={unit} onChange={(value) => setLimits({ ...limits, [name]: value ?? least })} />
    </label>
  );
  return (
    <Modal open title={title} onCancel={close} onOk={() => set.mutate()} okText={text("action.save")} cancelText={text("action.cancel")} okButtonProps={{ disabled: !reason.trim(), loading: set.isPending }}>
      <div className="form">
        <p className="soft">{text("settings.policy_words")}</p>
        {field("approve_below", text("settings.approve_below"), currency, 0)}
        {field("daily_limit", text("settings.daily_limit"), currency, 0)}
        {field("expire_after_hours", text("settings.expire"), text("settings.hours"), 1)}
        <label>
          {text("settings.why")}
          <Input.TextArea aria-label={text("settings.why")} maxLength={500} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      </div>
    </Modal>
  );
}
