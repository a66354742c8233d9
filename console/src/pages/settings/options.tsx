import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { read, write, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { useMay, useSession } from "../../app/session";
import { Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";

type Listed = Reply<"settings.list">;
type Option = Listed["options"][number];

// In the order in which a shop looks for them; a group that is new stands at the end under its own name.
const groups = ["shop", "guardrails", "orders", "exceptions", "selection", "learning", "forecast", "models", "connectors", "experiments", "features"] as const;
type Group = (typeof groups)[number];

const place = (group: string) => (groups.includes(group as Group) ? groups.indexOf(group as Group) : groups.length);

// Every option that the program knows, with what is in force and who said so. Admins change it here, with a reason.
export function Options() {
  const text = useText();
  const [wanted, setWanted] = useState("");
  const [changing, setChanging] = useState<Option>();
  const words = useWords();
  const query = useQuery({ queryKey: ["settings.list"], queryFn: ({ signal }) => read("settings.list", {}, signal) });
  const matches = (option: Option) => `${option.option} ${option.title_en} ${option.title_zh} ${option.about_en} ${option.about_zh}`.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <Answer query={query} rows={6}>
      {({ options, changes }) => {
        const shown = options.filter(matches);
        const present = [...new Set(shown.map((option) => option.group))].sort((a, b) => place(a) - place(b));
        return (
          <>
            <div className="toolbar">
              <Input.Search allowClear aria-label={text("settings.find")} placeholder={text("settings.find")} value={wanted} onChange={(event) => setWanted(event.target.value)} />
            </div>
            {present.length === 0 && <Nothing title={text("settings.none_found")} />}
            {present.map((group) => (
              <section key={group} id={`settings-${group}`}>
                <h3>{words.group(group)}</h3>
                <Group name={words.group(group)} rows={shown.filter((option) => option.group === group)} change={setChanging} />
              </section>
            ))}
            <Changes changes={changes} options={options} />
            {changing && <Change option={changing} close={() => setChanging(undefined)} />}
          </>
        );
      }}
    </Answer>
  );
}

function useWords() {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const { currency } = useSession();
  const chinese = language === "zh";
  const unit = (option: Option) =>
    option.unit === "money" ? currency : option.unit === "days" || option.unit === "seconds" || option.unit === "units" || option.unit === "share" ? text(`unit.${option.unit}`) : option.unit;
  const value = (option: Option, of: string) => {
    if (of === "") return "–";
    if (option.kind === "yes or no") return text(of === "1" ? "settings.yes" : "settings.no");
    if (option.kind !== "number") return of;
    if (option.unit === "money") return Number(of) === 0 ? text("settings.no_limit") : format.moneyOf(Number(of), currency);
    if (option.unit === "share") return `${format.plain(100 * Number(of))} %`;
    return `${format.plain(Number(of))}${option.unit ? ` ${unit(option)}` : ""}`;
  };
  return {
    title: (option: Option) => (chinese ? option.title_zh : option.title_en),
    about: (option: Option) => (chinese ? option.about_zh : option.about_en),
    group: (name: string) => (groups.includes(name as Group) ? text(`group.${name as Group}`) : name),
    unit,
    value,
  };
}

function Group({ name, rows, change }: { name: string; rows: Option[]; change: (option: Option) => void }) {
  const text = useText();
  const format = useFormat();
  const words = useWords();
  const may = useMay();
  const origin = (row: Option) => (row.origin === "set" ? text("settings.set_by", { name: row.set_by.replace(/^user:/, ""), at: format.moment(row.set_at) }) : text(row.origin === "default" ? "settings.usual" : "settings.by_file"));
  return (
    <Rows
      label={name}
      rows={rows}
      keyOf={(row) => row.option}
      columns={[
        { key: "title", title: text("settings.option"), cell: (row) => <><div>{words.title(row)}</div><div className="soft">{words.about(row)}</div></> },
        { key: "value", whole: true, title: text("settings.value"), cell: (row) => <strong>{words.value(row, row.value)}</strong> },
        { key: "usual", whole: true, title: text("settings.usually"), cell: (row) => words.value(row, row.otherwise) },
        { key: "origin", title: text("settings.origin"), cell: (row) => <span title={row.reason}>{origin(row)}</span> },
        ...(may("settings.set")
          ? [{ key: "change", title: text("settings.change"), cell: (row: Option) => (row.in_file_only ? <span className="soft">{text("settings.file_only")}</span> : <Button size="small" aria-label={text("settings.change_one", { name: words.title(row) })} onClick={() => change(row)}>{text("settings.change")}</Button>) }]
          : []),
      ]}
    />
  );
}

function Change({ option, close }: { option: Option; close: () => void }) {
  const text = useText();
  const words = useWords();
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  // Of a confidential value only its beginning was shown: it is written anew.
  const [value, setValue] = useState(option.confidential ? "" : option.value);
  const [reason, setReason] = useState("");
  const after = {
    onSuccess: () => (close(), void message.success(text("settings.in_force"))),
    onError: (error: Error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["settings.list"] });
      void client.invalidateQueries({ queryKey: ["session"] });
    },
  };
  const set = useMutation({ mutationFn: () => write("settings.set", { option: option.option, value: value.trim(), reason: reason.trim() }), ...after });
  const reset = useMutation({ mutationFn: () => write("settings.reset", { option: option.option, reason: reason.trim() }), ...after });
  return (
    <Modal
      open
      title={words.title(option)}
      onCancel={close}
      footer={[
        ...(option.origin === "set" ? [<Button key="reset" disabled={!reason.trim()} loading={reset.isPending} onClick={() => reset.mutate()}>{text("settings.reset")}</Button>] : []),
        <Button key="cancel" onClick={close}>{text("action.cancel")}</Button>,
        <Button key="save" type="primary" disabled={!reason.trim() || (option.kind === "number" && value === "")} loading={set.isPending} onClick={() => set.mutate()}>{text("action.save")}</Button>,
      ]}
    >
      <div className="form">
        <p className="soft">{words.about(option)}</p>
        <label>
          {text("settings.value")}
          <Entry option={option} value={value} change={setValue} />
        </label>
        <label>
          {text("settings.why")}
          <Input.TextArea aria-label={text("settings.why")} maxLength={500} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        {option.option.endsWith(".url") && option.option.startsWith("webhooks.") && <Secret kind={option.option.slice("webhooks.".length, -".url".length)} />}
      </div>
    </Modal>
  );
}

function Entry({ option, value, change }: { option: Option; value: string; change: (value: string) => void }) {
  const text = useText();
  const words = useWords();
  const label = text("settings.value");
  if (option.kind === "number") {
    const least = option.least ?? 0;
    const most = option.most ?? 0;
    return (
      <>
        <InputNumber<string> stringMode aria-label={label} min={String(least)} max={String(most)} value={value} suffix={words.unit(option)} onChange={(entered) => change(entered ?? "")} />
        <span className="soft">{text("settings.range", { least: words.value({ ...option, unit: "" }, String(least)), most: words.value({ ...option, unit: "" }, String(most)) })}</span>
      </>
    );
  }
  if (option.kind === "text") return <Input aria-label={label} maxLength={2000} value={value} placeholder={option.confidential ? option.value : option.otherwise} onChange={(event) => change(event.target.value)} />;
  return <Select aria-label={label} value={value} options={option.choices.map((one) => ({ value: one, label: words.value(option, one) }))} onChange={change} />;
}

// A receiver needs the secret to check signatures; it is shown once.
function Secret({ kind }: { kind: string }) {
  const text = useText();
  const { notification } = App.useApp();
  const make = useMutation({
    mutationFn: (renew: boolean) => write("decisions.webhook_secret", { kind, renew }),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
  });
  return (
    <>
      <div className="toolbar">
        <Button loading={make.isPending} onClick={() => make.mutate(false)}>{text("settings.make_secret")}</Button>
        <Button loading={make.isPending} onClick={() => make.mutate(true)}>{text("settings.renew_secret")}</Button>
      </div>
      {make.data && <Alert type="success" title={text("settings.once")} description={<code className="file">{make.data.secret}</code>} />}
    </>
  );
}

function Changes({ changes, options }: { changes: Listed["changes"]; options: Option[] }) {
  const text = useText();
  const format = useFormat();
  const words = useWords();
  if (changes.length === 0) return null;
  const of = (name: string) => options.find((option) => option.option === name);
  const title = (name: string) => { const option = of(name); return option ? words.title(option) : name; };
  const value = (row: Listed["changes"][number]) => { const option = of(row.option); return row.cleared ? text("settings.by_file") : option ? words.value(option, row.value) : row.value; };
  return (
    <section>
      <h3>{text("settings.changes")}</h3>
      <Rows
        label={text("settings.changes")}
        rows={changes}
        keyOf={(_, at) => at}
        columns={[
          { key: "at", whole: true, title: text("settings.created_at"), cell: (row) => format.moment(row.set_at) },
          { key: "by", title: text("settings.origin"), cell: (row) => row.set_by.replace(/^user:/, "") },
          { key: "option", title: text("settings.option"), cell: (row) => title(row.option) },
          { key: "value", title: text("settings.value"), cell: value },
          { key: "why", title: text("settings.why"), cell: (row) => row.reason },
        ]}
      />
    </section>
  );
}
