import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { start, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { Rows } from "../../components/page";
import { Failure } from "../../components/states";
import { useNewestRun, useRun, Watched } from "../../components/watched";
import { useMethodName } from "./method_name";

// The ranking of candidates on items that were held back whole, and how often the interval beside them held.
export function Proof() {
  const text = useText();
  const client = useQueryClient();
  const newest = useNewestRun("selection.cold_backtest");
  const ask = useMutation({
    mutationFn: () => start("selection.cold_backtest", {}),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["runs"] }),
  });
  const watched = useRun("selection.cold_backtest", ask.data?.id ?? newest.id);
  return (
    <section>
      <h2>{text("candidates.proof")}</h2>
      <div className="toolbar">
        <span className="soft">{text("candidates.proof_words")}</span>
        <Button loading={ask.isPending} onClick={() => ask.mutate()}>{text("candidates.prove")}</Button>
      </div>
      {ask.error && <Failure error={ask.error} />}
      <Watched watched={watched} none={null}>{(tested) => <Shown tested={tested} />}</Watched>
    </section>
  );
}

function Shown({ tested }: { tested: Reply<"selection.cold_backtest"> }) {
  const text = useText();
  const format = useFormat();
  const name = useMethodName();
  const of = (value: number, low: number, high: number) => <>{format.share(value)} <span className="soft small">{format.share(low)} – {format.share(high)}</span></>;
  return (
    <>
      <p>{text("candidates.proved", { n: format.whole(tested.items), days: tested.origins.length, within: format.share(tested.within) })}</p>
      <Rows label={text("candidates.proof")} rows={tested.methods} keyOf={(row) => row.method} columns={[
        { key: "method", title: text("backtest.method"), cell: (row) => name(row.method) },
        { key: "precision", title: text("backtest.precision"), number: true, cell: (row) => of(row.precision, row.precision_low, row.precision_high) },
        { key: "captured", title: text("backtest.captured"), number: true, cell: (row) => of(row.captured, row.captured_low, row.captured_high) },
      ]} />
    </>
  );
}
