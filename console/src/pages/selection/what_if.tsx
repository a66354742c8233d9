import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { InputNumber } from "antd";
import { useEffect, useState } from "react";
import { read, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { href } from "../../app/route";
import { Rows } from "../../components/page";
import { Answer } from "../../components/states";

// The list with another budget or number of places: what would come and go. Nothing is changed by it.
export function WhatIf({ asOf }: { asOf: string }) {
  const text = useText();
  const [typed, setTyped] = useState<{ budget?: number; slots?: number }>({});
  const [asked, setAsked] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = useQuery({ queryKey: ["selection.plan", asOf, asked], queryFn: ({ signal }) => read("selection.plan", { as_of: asOf, ...asked }, signal), placeholderData: keepPreviousData, retry: false });
  return (
    <section className="what-if">
      <h2>{text("selection.what_if")}</h2>
      <div className="filters">
        <label>{text("selection.budget")} <InputNumber min={0} value={typed.budget} onChange={(value) => setTyped({ ...typed, budget: value ?? undefined })} /></label>
        <label>{text("selection.slots")} <InputNumber min={1} max={10_000_000} precision={0} value={typed.slots} onChange={(value) => setTyped({ ...typed, slots: value ?? undefined })} /></label>
      </div>
      <Answer query={query}>{(plan) => <Plan plan={plan} />}</Answer>
    </section>
  );
}

function Plan({ plan }: { plan: Reply<"selection.plan"> }) {
  const text = useText();
  const format = useFormat();
  const money = (value: number) => format.moneyOf(value, plan.currency);
  return (
    <>
      <p>{text("selection.plan_words", { places: format.whole(plan.places), profit: money(plan.expected_profit), cost: money(plan.stock_cost), gap: format.share(Math.max(0, plan.gap)) })}</p>
      {plan.gains.length + plan.loses.length === 0 && <p className="soft">{text("selection.no_change")}</p>}
      {([["gains", plan.gains], ["loses", plan.loses]] as const).map(([side, rows]) => rows.length > 0 && (
        <div key={side}>
          <h3>{text(`selection.${side}`)}</h3>
          <Rows label={text(`selection.${side}`)} rows={rows.slice(0, 50)} keyOf={(row) => row.item} columns={[
            { key: "item", title: text("field.item"), cell: (row) => <><a href={href("items", [row.item])}>{row.item}</a> {row.title}</> },
            { key: "expected", title: text("selection.expected"), number: true, cell: (row) => money(row.expected_profit) },
            { key: "cost", title: text("selection.stock_cost"), number: true, cell: (row) => money(row.stock_cost) },
          ]} />
        </div>
      ))}
    </>
  );
}
