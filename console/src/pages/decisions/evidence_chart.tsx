import { useText } from "../../app/preferences";
import { ItemChart } from "../../components/item_chart";
import { useMay } from "../../app/session";
import { Cover } from "./cover";
import { itemOf, type Decision } from "./types";

// The evidence as pictures: for an item what it sold and may sell, and how long its stock lasts.
export function EvidenceChart({ decision }: { decision: Decision }) {
  const text = useText();
  const may = useMay();
  const item = itemOf(decision);
  if (!item || !may("items.show")) return <p>{text("detail.no_chart")}</p>;
  return (
    <>
      <Cover evidence={(decision.evidence ?? {}) as Record<string, unknown>} />
      <ItemChart item={item} weeks={52} />
    </>
  );
}
