import { Checkbox } from "antd";
import { useEffect, useRef } from "react";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { StateTag } from "../../components/state_tag";
import type { Decision } from "./types";

interface Props {
  decisions: Decision[];
  opened: string;
  chosen: ReadonlyMap<string, Decision>;
  show: (id: string) => void;
  toggle: (decision: Decision) => void;
}

export function DecisionList(props: Props) {
  return (
    <ul className="decisions">
      {props.decisions.map((decision) => (
        <Row key={decision.id} decision={decision} {...props} />
      ))}
    </ul>
  );
}

function Row({ decision, opened, chosen, show, toggle }: Props & { decision: Decision }) {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const row = useRef<HTMLLIElement>(null);
  const isOpened = opened === decision.id;
  useEffect(() => {
    if (isOpened) row.current?.scrollIntoView({ block: "nearest" });
  }, [isOpened]);
  const isPending = decision.state === "pending";
  return (
    <li ref={row} className={isOpened ? "row opened" : "row"} data-id={decision.id}>
      <Checkbox checked={chosen.has(decision.id)} disabled={!isPending} onChange={() => toggle(decision)} aria-label={text("decisions.choose_one", { subject: decision.subject })} />
      <button type="button" className="row-main" aria-current={isOpened || undefined} onClick={() => show(decision.id)}>
        <Sentence text={decision.summary[language] || decision.summary.en} />
        <span className="row-facts">
          <span>{decision.subject.replace(/^item:/, "")}</span>
          {!isPending && <StateTag state={decision.state} />}
          {isPending && <span>{format.until(decision.deadline)}</span>}
        </span>
      </button>
      <span className="row-value">
        <span className="number strong">{format.money(decision.value)}</span>
        <Urgency value={decision.urgency} />
      </span>
    </li>
  );
}

// "Order 72 of grey candle: about 97 are …": what, and why.
function Sentence({ text }: { text: string }) {
  const [, what, why] = /^(.+?)[:：]\s*(.+)$/s.exec(text) ?? [text, text, ""];
  return (
    <>
      <span className="sentence">{what}</span>
      {why && <span className="sentence soft small">{why}</span>}
    </>
  );
}

export function Urgency({ value }: { value: number }) {
  const text = useText();
  const format = useFormat();
  const level = value >= 0.5 ? "high" : value >= 0.2 ? "middle" : "low";
  return (
    <span className={`urgency ${level}`} title={text("decisions.urgency")}>
      <span className="bar" aria-hidden="true"><i style={{ width: `${Math.round(100 * value)}%` }} /></span>
      <span><span className="hidden">{text("decisions.urgency")} </span>{format.share(value)}</span>
    </span>
  );
}
