import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";

const numberOf = (value: unknown) => (typeof value === "number" ? value : undefined);

// Days that the stock lasts beside days that a delivery takes, now and with the order.
export function Cover({ evidence }: { evidence: Record<string, unknown> }) {
  const text = useText();
  const format = useFormat();
  const lasts = numberOf(evidence.days_until_empty);
  const delivery = numberOf(evidence.lead_time_days);
  const after = numberOf(evidence.days_of_cover_after);
  if (lasts === undefined || delivery === undefined || after === undefined) return null;
  const bars = [
    { name: text("cover.now"), value: lasts, kind: lasts < delivery ? "short" : "good" },
    { name: text("cover.delivery"), value: delivery, kind: "delivery" },
    { name: text("cover.after"), value: after, kind: "good" },
  ];
  const most = Math.max(...bars.map((bar) => bar.value), 1);
  return (
    <table className="cover">
      <caption>{text("cover.title")}</caption>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.name}>
            <th scope="row">{bar.name}</th>
            <td><span className={`cover-bar ${bar.kind}`} style={{ width: `${(100 * bar.value) / most}%` }} /></td>
            <td className="number">{text("time.days", { n: format.plain(Math.round(bar.value * 10) / 10) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
