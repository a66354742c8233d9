import { useQuery } from "@tanstack/react-query";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { Rows } from "../../components/page";
import { Answer } from "../../components/states";

// Past lists beside what they expected and a list of what had sold best before.
export function Past() {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["selection.past"], queryFn: ({ signal }) => read("selection.past", {}, signal) });
  return (
    <section>
      <h2>{text("selection.past")}</h2>
      <Answer query={query}>
        {(past) => (
          <>
            <p>{language === "zh" ? past.text_zh : past.text_en}</p>
            {past.lists.length > 0 && (
              <Rows label={text("selection.past")} rows={past.lists} keyOf={(row) => row.as_of} columns={[
                { key: "as_of", whole: true, title: text("decisions.as_of"), cell: (row) => format.day(row.as_of) },
                { key: "until", whole: true, title: text("selection.until"), cell: (row) => format.day(row.until) },
                { key: "expected", title: text("selection.expected"), number: true, cell: (row) => format.moneyOf(row.expected, past.currency) },
                { key: "outcome", title: text("selection.outcome"), number: true, cell: (row) => format.moneyOf(row.outcome, past.currency) },
                { key: "rule", title: text("selection.rule"), number: true, cell: (row) => format.moneyOf(row.rule_outcome, past.currency) },
                { key: "precision", title: text("selection.precision"), number: true, cell: (row) => `${format.share(row.precision)} / ${format.share(row.rule_precision)}` },
              ]} />
            )}
          </>
        )}
      </Answer>
    </section>
  );
}
