import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Input } from "antd";
import { useEffect, useState } from "react";
import { start, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { useSession } from "../../app/session";
import { Failure } from "../../components/states";
import { useRun, Watched } from "../../components/watched";
import { Upload, type Given } from "./upload";

const columns = ["title", "code", "price"] as const;

// A competitor's listing is matched to the shop's items; what is doubtful joins the queue below.
export function NewListing() {
  const text = useText();
  const client = useQueryClient();
  const { today } = useSession();
  const [competitor, setCompetitor] = useState("");
  const [day, setDay] = useState(today);
  const match = useMutation({
    mutationFn: ({ rows, path }: Given) => start("selection.match", { competitor: competitor.trim(), day, ...(path ? { files: [path] } : { rows }) }),
  });
  const watched = useRun("selection.match", match.data?.id ?? "");
  const isDone = watched.run?.state === "done";
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ["selection.waiting_matches"] });
  }, [isDone, watched.id, client]);
  return (
    <details className="panel new-listing">
      <summary>{text("matches.new")}</summary>
      <div className="toolbar gap">
        <label>{text("matches.competitor")} <Input value={competitor} maxLength={200} onChange={(event) => setCompetitor(event.target.value)} /></label>
        <label>{text("matches.day")} <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} /></label>
      </div>
      <Upload columns={columns} busy={match.isPending} disabled={!competitor.trim() || !day} take={match.mutate} />
      {match.error && <Failure error={match.error} />}
      <Watched watched={watched} none={null}>{(reply) => <Matched reply={reply} />}</Watched>
    </details>
  );
}

function Matched({ reply }: { reply: Reply<"selection.match"> }) {
  const text = useText();
  const format = useFormat();
  const { whole } = format;
  return (
    <>
      <p role="status">{text("matches.matched", { read: whole(reply.read), code: whole(reply.by_code), title: whole(reply.by_title), reviewed: whole(reply.reviewed), waiting: whole(reply.waiting), none: whole(reply.none) })}</p>
      {reply.suspect && <p className="bad" role="alert">{text("matches.suspect_words", { n: format.plain(reply.price_move) })}</p>}
    </>
  );
}
