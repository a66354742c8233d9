import { useMutation, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { read, start, type Reply } from "../../api/client";
import { useText } from "../../app/preferences";
import { href, useRoute } from "../../app/route";
import { useMay } from "../../app/session";
import { Answer, Nothing } from "../../components/states";

type Row = Reply<"data.quarantine">["rows"][number];

// Rows that were set aside, with the reason, as they stand in their file; judged again once the mapping is mended.
export function Quarantine() {
  const text = useText();
  const { query: given } = useRoute();
  const load = Number(given.get("load")) || 0;
  const query = useInfiniteQuery({
    queryKey: ["data.quarantine", load],
    queryFn: ({ pageParam, signal }) => read("data.quarantine", { load_id: load, limit: 100, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
  return (
    <>
      <div className="toolbar">
        <span className="soft">{load ? <>{text("data.of_load", { id: load })} <a href={href("data", ["quarantine"])}>{text("data.show_all")}</a></> : text("data.quarantine_words")}</span>
        <Replay load={load} />
      </div>
      <Answer query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          if (rows.length === 0) return <Nothing title={text("data.none_aside")} />;
          return (
            <>
              <ul className="quarantine">{rows.map((row) => <One key={`${row.load_id}-${row.source_line}`} row={row} />)}</ul>
              {query.hasNextPage && <Button className="gap" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{text("data.more")}</Button>}
            </>
          );
        }}
      </Answer>
    </>
  );
}

function cells(raw: string): [string, string][] {
  try {
    return Object.entries(JSON.parse(raw) as Record<string, string>);
  } catch {
    return [["", raw]];
  }
}

function One({ row }: { row: Row }) {
  const text = useText();
  return (
    <li className="panel">
      <p><strong>{row.reason}</strong></p>
      <p className="soft small">{text("data.at_line", { file: row.file, line: row.source_line })} · {row.rule}{row.column_name && ` · ${row.column_name}`}</p>
      <dl className="raw">
        {cells(row.raw).map(([name, value]) => (
          <div key={name} className={name === row.column_name ? "at-fault" : ""}>
            <dt>{name}</dt>
            <dd>{value === "" ? "–" : String(value)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Replay({ load }: { load: number }) {
  const text = useText();
  const may = useMay();
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  const replay = useMutation({
    mutationFn: () => start("data.replay", { load_id: load }),
    onSuccess: () => void message.success(text("data.replaying")),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => void client.invalidateQueries({ queryKey: ["runs"] }),
  });
  if (!may("data.replay")) return null;
  return <Button loading={replay.isPending} onClick={() => replay.mutate()}>{text("data.replay")}</Button>;
}
