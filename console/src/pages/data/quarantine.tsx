import { useMutation, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { finish, read, type Reply } from "../../api/client";
import { usePreferences, useText } from "../../app/preferences";
import { href, useRoute } from "../../app/route";
import { useMay } from "../../app/session";
import { Answer, Nothing } from "../../components/states";
import { Mend } from "./mend";
import { ruleWords } from "./rule_words";

type Row = Reply<"data.quarantine">["rows"][number];

// Rows that were set aside, with the reason, as they stand in their file; judged again once the mapping is mended.
export function Quarantine() {
  const text = useText();
  const { query: given } = useRoute();
  const load = Number(given.get("load")) || 0;
  const rule = given.get("rule") ?? "";
  const query = useInfiniteQuery({
    queryKey: ["data.quarantine", load, rule],
    queryFn: ({ pageParam, signal }) => read("data.quarantine", { load_id: load, rule, limit: 100, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
  return (
    <>
      <div className="toolbar">
        <span className="soft">{load || rule ? <>{load ? text("data.of_load", { id: load }) : text("data.of_rule", { rule })} <a href={href("data", ["quarantine"])}>{text("data.show_all")}</a></> : text("data.quarantine_words")}</span>
        <Replay load={load} rule={rule} />
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
  const may = useMay();
  const { language } = usePreferences();
  const [mending, setMending] = useState(false);
  const words = language === "en" ? undefined : ruleWords(text, row.rule);
  return (
    <li className="panel">
      <div className="toolbar">
        <strong>{words ?? row.reason}</strong>
        {may("data.replace_mapping") && !row.replaced && <Button size="small" onClick={() => setMending(true)}>{text("data.mend")}</Button>}
      </div>
      {words && <p className="soft small">{row.reason}</p>}
      {row.replaced && <p className="soft small">{text("data.replaced")}</p>}
      <p className="soft small">{text("data.at_line", { file: row.file, line: row.source_line })} · <a href={href("data", ["quarantine"], { rule: row.rule })}>{row.rule}</a>{row.column_name && ` · ${row.column_name}`}</p>
      <Raw row={row} />
      {mending && <Mend row={row} close={() => setMending(false)}><p><strong>{words ?? row.reason}</strong></p><Raw row={row} /></Mend>}
    </li>
  );
}

function Raw({ row }: { row: Row }) {
  return (
    <dl className="raw">
      {cells(row.raw).map(([name, value]) => (
        <div key={name} className={name === row.column_name ? "at-fault" : ""}>
          <dt>{name}</dt>
          <dd>{value === "" ? "–" : String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Replay({ load, rule }: { load: number; rule: string }) {
  const text = useText();
  const may = useMay();
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  const replay = useMutation({
    mutationFn: () => finish("data.replay", { load_id: load, rule }),
    onSuccess: (reply) => void message.success(text("data.replayed", { loaded: reply.loaded, left: reply.quarantined })),
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
    onSettled: () => void client.invalidateQueries(),
  });
  if (!may("data.replay")) return null;
  return <Button loading={replay.isPending} onClick={() => replay.mutate()}>{text("data.replay")}</Button>;
}
