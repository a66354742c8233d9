import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { read, write, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { href } from "../../app/route";
import { Rows } from "../../components/page";
import { Answer } from "../../components/states";

type One = Reply<"selection.reviewed_matches">["matches"][number];

// What persons said of matches, the latest first. What is taken back waits again.
export function Judged({ competitor, mayUndo, onUndone }: { competitor: string; mayUndo: boolean; onUndone: () => Promise<void> }) {
  const text = useText();
  const format = useFormat();
  const query = useQuery({ queryKey: ["selection.reviewed_matches", competitor], queryFn: ({ signal }) => read("selection.reviewed_matches", { competitor, limit: 50 }, signal), retry: false });
  const undoing = useUndo(onUndone);
  const offer = (row: One) => row.title || row.key;
  return (
    <Answer query={query}>
      {(reply) => reply.matches.length > 0 && (
        <section>
          <h2>{text("matches.judged")}</h2>
          <Rows label={text("matches.judged")} rows={reply.matches} keyOf={(row) => `${row.competitor}\n${row.key}`} columns={[
            { key: "title", title: text("matches.offer"), cell: offer },
            { key: "state", whole: true, title: text("matches.said"), cell: (row) => text(row.state === "accepted" ? "matches.accept" : "matches.refuse") },
            { key: "item", title: text("matches.own"), cell: (row) => <a href={href("items", [row.item])}>{row.item_title || row.item}</a> },
            { key: "competitor", title: text("matches.competitor"), cell: (row) => row.competitor },
            { key: "by", title: text("matches.by"), cell: (row) => row.reviewed_by },
            { key: "at", whole: true, title: text("matches.at"), cell: (row) => format.moment(row.reviewed_at) },
            { key: "undo", whole: true, title: "", cell: (row) => mayUndo && <Button size="small" disabled={undoing.isPending} aria-label={text("matches.undo_of", { title: offer(row) })} onClick={() => undoing.mutate(row)}>{text("matches.undo")}</Button> },
          ]} />
        </section>
      )}
    </Answer>
  );
}

function useUndo(onUndone: () => Promise<void>) {
  const text = useText();
  const client = useQueryClient();
  const { notification } = App.useApp();
  const renew = async () => {
    await client.invalidateQueries({ queryKey: ["selection.reviewed_matches"] });
    await onUndone();
  };
  return useMutation({
    // With the item that was seen: where another was judged since, the server says so.
    mutationFn: (row: One) => write("selection.undo_review", { competitor: row.competitor, key: row.key, item: row.item }),
    onSettled: renew,
    onError: (error) => notification.error({ title: text("state.failed"), description: error.message }),
  });
}
