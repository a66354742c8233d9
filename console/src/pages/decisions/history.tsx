import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { en } from "../../text/en";
import type { TextKey } from "../../text";
import type { Shown } from "./types";

const isCheck = (event: string) => event.startsWith("guard") || event.startsWith("audit");
const isRefusal = (event: string) => event.endsWith("refused") || event.endsWith("failed");

function useEventName(): (event: string) => string {
  const text = useText();
  return (event) => (`event.${event}` in en ? text(`event.${event}` as TextKey) : event.replaceAll("_", " "));
}

// What guardrails and the audit said, passed and refused.
export function Checks({ events }: { events: Shown["events"] }) {
  const text = useText();
  const name = useEventName();
  const checks = events.filter((one) => isCheck(one.event));
  if (checks.length === 0) return <p className="soft">{text("detail.none")}</p>;
  return (
    <ul className="checks">
      {checks.map((one, i) => (
        <li key={i} className={isRefusal(one.event) ? "refused" : "passed"}>
          <span aria-hidden="true">{isRefusal(one.event) ? "✕" : "✓"}</span> <strong>{name(one.event)}</strong> <span className="soft">{one.reason || one.actor}</span>
        </li>
      ))}
    </ul>
  );
}

export function History({ events }: { events: Shown["events"] }) {
  const name = useEventName();
  const format = useFormat();
  return (
    <ol className="history">
      {events.map((one, i) => (
        <li key={i}>
          <time dateTime={one.happened_at}>{format.moment(one.happened_at)}</time>
          <span>
            <strong>{name(one.event)}</strong> <span className="soft">{one.actor.replace(/^user:/, "")}</span>
            {one.reason && <span className="reason"> {one.reason}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
