import { Radio } from "antd";
import { useText } from "../../app/preferences";

export type Kind = "class" | "category" | "place" | "method" | "total";

// What numbers are grouped by.
export function By<K extends Kind>({ kinds, value, choose }: { kinds: readonly K[]; value: K; choose: (kind: K) => void }) {
  const text = useText();
  return (
    <div className="filters">
      <Radio.Group aria-label={text("demand.by")} value={value} optionType="button" onChange={(event) => choose(event.target.value)} options={kinds.map((kind) => ({ value: kind, label: text(`grouped.${kind}`) }))} />
    </div>
  );
}
