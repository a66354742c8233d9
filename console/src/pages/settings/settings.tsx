import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Popconfirm, Select } from "antd";
import { useState } from "react";
import { read, roles, write } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { useMay, useSession } from "../../app/session";
import { Page, Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import { Options } from "./options";
import { Policies } from "./policies";

export default function Settings() {
  const text = useText();
  const may = useMay();
  return (
    <Page title={text("nav.settings")}>
      <Shop />
      <h2>{text("settings.policies")}</h2>
      <Policies />
      <h2>{text("settings.options")}</h2>
      <Options />
      <h2>{text("settings.keys")}</h2>
      {may("keys.list") ? <Keys /> : <Nothing title={text("settings.admins_only")} />}
    </Page>
  );
}

function Shop() {
  const text = useText();
  const session = useSession();
  const facts: [string, string][] = [
    [text("settings.shop"), session.shop],
    [text("settings.currency"), session.currency],
    [text("settings.time_zone"), session.time_zone],
    [text("settings.you"), session.name.replace(/^user:/, "")],
    [text("settings.role"), text(`role.${session.role}`)],
  ];
  return <dl className="headline">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function Keys() {
  const text = useText();
  const format = useFormat();
  const client = useQueryClient();
  const { notification } = App.useApp();
  const query = useQuery({ queryKey: ["keys.list"], queryFn: ({ signal }) => read("keys.list", {}, signal) });
  const revoke = useMutation({
    mutationFn: (key_id: string) => write("keys.revoke", { key_id }),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["keys.list"] }),
  });
  return (
    <>
      <NewKey />
      <Answer query={query} rows={3}>
        {({ keys }) =>
          keys.length === 0 ? (
            <Nothing title={text("settings.no_keys")} />
          ) : (
            <Rows
              label={text("settings.keys")}
              rows={keys}
              keyOf={(row) => row.key_id}
              columns={[
                { key: "name", title: text("field.name"), cell: (row) => row.name },
                { key: "role", title: text("settings.role"), cell: (row) => row.role },
                { key: "by", title: text("settings.created_by"), cell: (row) => row.created_by.replace(/^user:/, "") },
                { key: "at", whole: true, title: text("settings.created_at"), cell: (row) => format.moment(row.created_at) },
                { key: "revoke", title: text("settings.revoke"), cell: (row) => <Popconfirm title={text("settings.revoke_ask", { name: row.name })} onConfirm={() => revoke.mutate(row.key_id)} okText={text("settings.revoke")} cancelText={text("action.cancel")}><Button size="small" danger>{text("settings.revoke")}</Button></Popconfirm> },
              ]}
            />
          )
        }
      </Answer>
    </>
  );
}

function NewKey() {
  const text = useText();
  const client = useQueryClient();
  const { notification } = App.useApp();
  const [name, setName] = useState("");
  const [role, setRole] = useState<string>("viewer");
  const create = useMutation({
    mutationFn: () => write("keys.create", { name: name.trim(), role }),
    onSuccess: () => setName(""),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["keys.list"] }),
  });
  return (
    <>
      <div className="toolbar">
        <Input maxLength={80} value={name} aria-label={text("settings.key_for")} placeholder={text("settings.key_for")} onChange={(event) => setName(event.target.value)} />
        <Select aria-label={text("settings.role")} value={role} options={roles.map((one) => ({ value: one, label: text(`role_name.${one}`) }))} onChange={setRole} />
        <Button disabled={!name.trim()} loading={create.isPending} onClick={() => create.mutate()}>{text("settings.create")}</Button>
      </div>
      {create.data && <Alert className="gap" type="success" closable={{ onClose: () => create.reset() }} title={text("settings.once")} description={<code className="file">{create.data.key}</code>} />}
    </>
  );
}
