import { useFormat } from "../../app/format";
import { useText, type Translate } from "../../app/preferences";
import type { TextKey } from "../../text";
import { en } from "../../text/en";
import type { Decision, Shown } from "./types";

interface Effect {
  measure?: string;
  unit?: string;
  mean?: number;
  low?: number;
  high?: number;
  baseline?: number;
  from?: string;
  to?: string;
}

interface Measured {
  outcome?: number;
}

// What the expected effect is compared with.
function baselineOf(kind: string): TextKey {
  if (kind === "stock.transfer") return "expected.without_move";
  return kind.startsWith("selection.") ? "expected.days_before" : "expected.baseline";
}

export const effectOf = (decision: Decision) => (decision.expected ?? {}) as Effect;
const unitName = (text: Translate, unit: string) => (`unit.${unit}` in en ? text(`unit.${unit}` as TextKey) : unit);

const outcomeOf = (events: Shown["events"]) => (events.findLast((one) => one.event === "measure")?.payload as Measured | undefined)?.outcome;

// The mean and its interval on one line, beside what the naive method expects and, later, what happened.
export function Expected({ decision, events }: Shown) {
  const text = useText();
  const format = useFormat();
  const { mean, low, high, baseline, unit = "", from = "", to = "" } = effectOf(decision);
  const number = (value: number) => format.plain(Math.abs(value) >= 10 ? Math.round(value) : value);
  const outcome = outcomeOf(events);
  if (mean === undefined || low === undefined || high === undefined) return <p className="soft">{text("detail.none")}</p>;
  const known = [mean, low, high, baseline, outcome].filter((one) => one !== undefined);
  const end = Math.max(...known) * 1.08 || 1;
  const place = (value: number) => `${Math.min(100, Math.max(0, (100 * value) / end))}%`;
  const sentence = text("expected.sentence", { mean: number(mean), low: number(low), high: number(high), unit: unitName(text, unit), from: format.day(from), to: format.day(to) });
  return (
    <div className="expected">
      <p>{sentence}</p>
      <div className="interval" role="img" aria-label={sentence}>
        <span className="band" style={{ left: place(low), width: `calc(${place(high)} - ${place(low)})` }} />
        <span className="mean" style={{ left: place(mean) }} />
        {baseline !== undefined && <span className="baseline" style={{ left: place(baseline) }} />}
        {outcome !== undefined && <span className="outcome" style={{ left: place(outcome) }} />}
      </div>
      <p className="legend">
        <span className="key-mean">{text("expected.mean")} {number(mean)}</span>
        <span className="key-band">{text("expected.interval")} {number(low)}–{number(high)}</span>
        {baseline !== undefined && <span className="key-baseline">{text(baselineOf(decision.kind))} {number(baseline)}</span>}
        {outcome !== undefined && <span className="key-outcome">{text("expected.outcome")} {number(outcome)}</span>}
      </p>
    </div>
  );
}
