import { useQuery } from "@tanstack/react-query";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { href } from "../../app/route";
import { Rows } from "../../components/page";

// Did the overrides help? Only those whose windows are over; nothing where there are none.
export function Overridden() {
  const text = useText();
  const format = useFormat();
  const { data } = useQuery({ queryKey: ["demand.value_added"], queryFn: ({ signal }) => read("demand.value_added", {}, signal), retry: false });
  if (!data || data.overrides.length === 0) return null;
  return (
    <section>
      <h2>{text("demand.overridden")}</h2>
      <Rows label={text("demand.overridden")} rows={data.overrides} keyOf={(row) => String(row.override_id)} columns={[
        { key: "item", title: text("field.item"), cell: (row) => <a href={href("items", [row.item])}>{row.item}</a> },
        { key: "reason", title: text("demand.reason"), cell: (row) => row.reason },
        { key: "by", title: text("demand.made_by"), cell: (row) => row.made_by },
        { key: "windows", title: text("demand.windows"), number: true, cell: (row) => format.whole(row.windows) },
        { key: "units", title: text("demand.sold"), number: true, cell: (row) => format.whole(row.units) },
        { key: "model", title: text("demand.model_off"), number: true, cell: (row) => format.plain(row.model_error) },
        { key: "planned", title: text("demand.planned_off"), number: true, cell: (row) => format.plain(row.planned_error) },
        { key: "helped", title: text("demand.helped"), cell: (row) => text(row.helped ? "value.yes" : "value.no") },
      ]} />
    </section>
  );
}
