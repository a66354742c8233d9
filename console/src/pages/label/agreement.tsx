import { useQuery } from "@tanstack/react-query";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { Rows } from "../../components/page";
import { Answer, Nothing } from "../../components/states";

// How far annotators agree, with one another and with what is known.
export function Agreement({ set }: { set: string }) {
  const text = useText();
  const format = useFormat();
  const query = useQuery({ queryKey: ["labels.agreement", set], queryFn: ({ signal }) => read("labels.agreement", { set }, signal) });
  const figure = (value: number | null) => (value === null ? "–" : format.plain(value));
  return (
    <Answer query={query}>
      {({ alpha, annotators, pairs, tasks }) =>
        annotators.length === 0 ? (
          <Nothing title={text("label.nobody")} />
        ) : (
          <>
            <p className="gap">{alpha === null ? text("label.no_alpha") : text("label.alpha", { alpha: format.plain(alpha), tasks: format.whole(tasks) })}</p>
            <Rows
              label={text("label.annotators")}
              rows={annotators}
              keyOf={(row) => row.annotator}
              columns={[
                { key: "who", title: text("label.annotator"), cell: (row) => row.annotator.replace(/^user:/, "") },
                { key: "labelled", title: text("label.labels"), number: true, cell: (row) => format.whole(row.labelled) },
                { key: "skipped", title: text("label.skipped"), number: true, cell: (row) => format.whole(row.skipped) },
                { key: "gold", title: text("label.gold"), number: true, cell: (row) => (row.gold === null ? "–" : `${row.correct ?? 0} / ${row.gold}`) },
                { key: "accuracy", title: text("label.accuracy"), number: true, cell: (row) => (row.accuracy === null ? "–" : `${format.share(row.accuracy)} (${format.share(row.accuracy_low ?? 0)}–${format.share(row.accuracy_high ?? 1)})`) },
              ]}
            />
            {pairs.length > 0 && <h2>{text("label.pairs")}</h2>}
            {pairs.length > 0 && (
              <Rows
                label={text("label.pairs")}
                rows={pairs}
                keyOf={(row) => `${row.first} ${row.second}`}
                columns={[
                  { key: "first", title: text("label.annotator"), cell: (row) => row.first.replace(/^user:/, "") },
                  { key: "second", title: text("label.other"), cell: (row) => row.second.replace(/^user:/, "") },
                  { key: "tasks", title: text("label.both"), number: true, cell: (row) => format.whole(row.tasks) },
                  { key: "agreed", title: text("label.agreed"), number: true, cell: (row) => format.whole(row.agreed) },
                  { key: "kappa", title: text("label.kappa"), number: true, cell: (row) => figure(row.kappa) },
                ]}
              />
            )}
          </>
        )
      }
    </Answer>
  );
}
