import { useQuery } from "@tanstack/react-query";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { href } from "../../app/route";
import { Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";

// Items that sell more, or less, than was forecast, again and again.
export function Leaning() {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["demand.bias"], queryFn: ({ signal }) => read("demand.bias", { limit: 50 }, signal), retry: false });
  return (
    <section>
      <h2>{text("demand.leaning")}</h2>
      <Answer query={query} rows={3}>
        {({ alarms, items }) =>
          alarms.length === 0 ? (
            <Nothing title={items === 0 ? text("demand.too_few_periods") : text("demand.none_leans", { n: format.whole(items) })} />
          ) : (
            <Rows label={text("demand.leaning")} rows={alarms} keyOf={(row) => row.item} columns={[
              { key: "item", title: text("field.item"), cell: (row) => <a href={href("items", [row.item])}>{row.item}</a> },
              { key: "what", title: text("demand.what"), cell: (row) => row[language] },
              { key: "periods", title: text("demand.periods"), number: true, cell: (row) => format.whole(row.periods) },
              { key: "sold", title: text("demand.sold"), number: true, cell: (row) => format.whole(row.sold) },
              { key: "forecast", title: text("demand.forecast"), number: true, cell: (row) => format.whole(Math.round(row.forecast)) },
              { key: "signal", title: text("demand.signal"), number: true, cell: (row) => format.plain(row.signal) },
            ]} />
          )
        }
      </Answer>
    </section>
  );
}
