import { Button, Dropdown, Input, Modal } from "antd";
import { useState } from "react";
import { useText } from "../../app/preferences";
import { useSession } from "../../app/session";
import type { View } from "./types";

// Kept in this browser for whoever is logged in.
function useSaved(): [Record<string, View>, (views: Record<string, View>) => void] {
  const key = `suanpan.views.${useSession().name}`;
  const [views, setViews] = useState<Record<string, View>>(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "{}");
    } catch {
      return {};
    }
  });
  return [views, (next) => (localStorage.setItem(key, JSON.stringify(next)), setViews(next))];
}

export function SavedViews({ view, change }: { view: View; change: (view: View) => void }) {
  const text = useText();
  const [views, setViews] = useSaved();
  const [name, setName] = useState<string>();
  const names = Object.keys(views).sort();
  const same = names.find((one) => JSON.stringify({ ...views[one], page: 1 }) === JSON.stringify({ ...view, page: 1 }));
  const without = (gone: string) => Object.fromEntries(Object.entries(views).filter(([one]) => one !== gone));
  const items = [
    ...names.map((one) => ({ key: `view:${one}`, label: one, onClick: () => change({ ...views[one], page: 1 }) })),
    ...(names.length ? [{ type: "divider" as const }] : []),
    { key: "save", label: text("views.save"), onClick: () => setName("") },
    ...(same ? [{ key: "forget", label: text("views.forget", { name: same }), onClick: () => setViews(without(same)) }] : []),
  ];
  const save = () => {
    if (!name?.trim()) return;
    setViews({ ...views, [name.trim()]: { ...view, page: 1 } });
    setName(undefined);
  };
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]}>
        <Button>{same ?? text("views.title")}</Button>
      </Dropdown>
      <Modal open={name !== undefined} title={text("views.save")} onOk={save} onCancel={() => setName(undefined)} okText={text("action.save")} cancelText={text("action.cancel")} destroyOnHidden>
        <Input autoFocus maxLength={40} value={name} aria-label={text("views.name")} placeholder={text("views.name")} onChange={(event) => setName(event.target.value)} onPressEnter={save} />
      </Modal>
    </>
  );
}
