import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox } from "antd";
import { write } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { useMay } from "../../app/session";
import type { Counts, Decision } from "./types";
import type { Deciding } from "./use_deciding";

interface Bulk {
  chosen: Decision[];
  listed: Decision[];
  choose: (chosen: ReadonlyMap<string, Decision>) => void;
  deciding: Deciding;
}

// Choosing all means all of this page: nobody approves what they could not see.
export function BulkBar({ chosen, listed, choose, deciding }: Bulk) {
  const text = useText();
  const format = useFormat();
  const may = useMay();
  const pending = listed.filter((one) => one.state === "pending");
  if (pending.length === 0 && chosen.length === 0) return null;
  const all = pending.length > 0 && pending.every((one) => chosen.some((other) => other.id === one.id));
  const sum = chosen.reduce((total, one) => total + one.value.minor, 0);
  return (
    <div className="bulk">
      <Checkbox checked={all} indeterminate={!all && chosen.length > 0} onChange={() => choose(new Map(all ? [] : pending.map((one) => [one.id, one])))}>
        {chosen.length ? text("decisions.chosen", { n: chosen.length, value: format.money({ minor: sum, currency: chosen[0].value.currency }) }) : text("decisions.choose_page")}
      </Checkbox>
      {may("decisions.approve") && (
        <span className="bulk-buttons">
          <Button disabled={chosen.length === 0} onClick={() => deciding.ask("reject", chosen)}>{text("action.reject")}</Button>
          <Button type="primary" disabled={chosen.length === 0} onClick={() => deciding.ask("approve", chosen)}>{text("action.approve")}</Button>
        </span>
      )}
    </div>
  );
}

// What is approved is carried out by the daily loop, or now.
export function ActBanner({ counts }: { counts: Counts | undefined }) {
  const text = useText();
  const may = useMay();
  const client = useQueryClient();
  const act = useMutation({ mutationFn: () => write("decisions.act", {}), onSettled: () => void client.invalidateQueries() });
  const approved = counts?.counts.filter((one) => one.state === "approved").reduce((sum, one) => sum + one.decisions, 0) ?? 0;
  if (act.data) return <Alert className="banner" type="success" showIcon closable={{ onClose: () => act.reset() }} title={text("act.done", { n: act.data.decisions })} description={act.data.files.map((file) => <code key={file} className="file">{file}</code>)} />;
  if (act.error) return <Alert className="banner" type="error" showIcon closable={{ onClose: () => act.reset() }} title={act.error.message || text("state.unreachable")} />;
  if (approved === 0) return null;
  return (
    <Alert
      className="banner"
      type="info"
      showIcon
      title={text("act.waiting", { n: approved })}
      action={may("decisions.act") && <Button size="small" loading={act.isPending} onClick={() => act.mutate()}>{text("act.now")}</Button>}
    />
  );
}
