import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { run as show, type Run } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { Answer } from "../../components/states";

// What a run says it is doing, a line a step, asked every second while it runs; the newest stays in sight.
export function Lines({ run, live }: { run: Run; live: boolean }) {
  const text = useText();
  const format = useFormat();
  const box = useRef<HTMLOListElement>(null);
  const query = useQuery({ queryKey: ["run", run.id, run.state], queryFn: () => show(run.id), refetchInterval: live ? 1_000 : false, placeholderData: (before) => before });
  const count = query.data?.lines?.length ?? 0;
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [count]);
  return (
    <Answer query={query} rows={2}>
      {({ lines = [] }) =>
        lines.length === 0 ? (
          <p className="soft small">{text("jobs.no_lines")}</p>
        ) : (
          <ol className="lines" ref={box} tabIndex={0} role="log" aria-label={text("jobs.lines")}>
            {lines.map((line, place) => <li key={place}><time>{format.clock(line.at)}</time> {line.text}</li>)}
          </ol>
        )
      }
    </Answer>
  );
}
