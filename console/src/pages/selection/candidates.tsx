import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { start, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { useSession } from "../../app/session";
import { Chart } from "../../components/chart";
import { colours } from "../../components/colours";
import { Rows } from "../../components/page";
import { Failure, Nothing } from "../../components/states";
import { useRun, Watched } from "../../components/watched";
import { whiskers } from "../../components/whiskers";
import { Proof } from "./proof";
import { Upload, type Given } from "./upload";

type Ranked = Reply<"selection.candidates">;
type Candidate = Ranked["candidates"][number];

const columns = ["title", "category", "supplier", "price"] as const;
const drawn = 15;

// A catalogue of what the shop never sold, ranked by how items like it began here.
export function Candidates() {
  const text = useText();
  const { query: given } = useRoute();
  const watched = useRun("selection.candidates", given.get("run") ?? "");
  const ask = useMutation({
    mutationFn: async ({ name, rows, path }: Given) => ({ name, run: await start("selection.candidates", { top: 100, ...(path ? { files: [path] } : { rows }) }) }),
    onSuccess: ({ name, run }) => go(href("selection", ["candidates"], { run: run.id, file: name }), "replace"),
  });
  return (
    <>
      <Upload columns={columns} busy={ask.isPending} take={ask.mutate} />
      {ask.error && <Failure error={ask.error} />}
      <Watched watched={watched} none={<Nothing title={text("candidates.none")}>{text("candidates.none_words")}</Nothing>}>
        {(ranked) => <Shown ranked={ranked} file={given.get("file") ?? ""} />}
      </Watched>
      <Proof />
    </>
  );
}

function Shown({ ranked, file }: { ranked: Ranked; file: string }) {
  const text = useText();
  const format = useFormat();
  const listed = ranked.candidates.filter((one) => !one.flags);
  const flagged = ranked.candidates.filter((one) => one.flags);
  const same = listed.length > 1 && listed.every((one) => one.rank === listed[0].rank);
  return (
    <>
      <p className="soft">{text("candidates.words", { file, read: format.whole(ranked.read), scored: format.whole(ranked.scored), flagged: format.whole(ranked.flagged), known: format.whole(ranked.known), day: format.day(ranked.as_of) })}</p>
      {same && <p role="status">{text("candidates.nothing_learned")}</p>}
      {listed.length > 0 && (
        <>
          <Picture candidates={listed} horizon={ranked.horizon} />
          <RankedRows candidates={listed} />
        </>
      )}
      {flagged.length > 0 && <Flagged candidates={flagged} />}
    </>
  );
}

const short = (title: string) => (title.length > 30 ? `${title.slice(0, 29)}…` : title);

function Picture({ candidates, horizon }: { candidates: Candidate[]; horizon: number }) {
  const text = useText();
  const format = useFormat();
  const { theme } = usePreferences();
  const { currency } = useSession();
  const shown = useMemo(() => candidates.filter((one) => one.alike.length > 0).slice(0, drawn), [candidates]);
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 24, top: 30, bottom: 4, containLabel: true },
      xAxis: { type: "value" },
      yAxis: { type: "category", inverse: true, data: shown.map((row) => `${row.place}  ${short(row.title)}`), axisLabel: { width: 190, overflow: "truncate", hideOverlap: false } },
      series: [
        whiskers(text("candidates.interval"), shown.map((row, place) => [place, row.like_low, row.like_high]), theme === "dark" ? "#b0b8c2" : "#4b5563"),
        { type: "scatter", name: text("candidates.median"), data: shown.map((row, place) => [row.like_median, place]), color: colours.sales, symbolSize: 9, z: 6, encode: { x: 0, y: 1 } },
      ],
    }),
    [shown, text, theme],
  );
  const table = {
    columns: [text("selection.place"), text("upload.title"), text("candidates.low"), text("candidates.median"), text("candidates.high")],
    rows: candidates.map((row) => [row.place, row.title, ...[row.like_low, row.like_median, row.like_high].map((value) => (row.alike.length ? Math.round(100 * value) / 100 : null))]),
  };
  if (shown.length === 0) return null;
  const summary = text("candidates.summary", { title: shown[0].title, median: format.moneyOf(shown[0].like_median, currency), low: format.moneyOf(shown[0].like_low, currency), high: format.moneyOf(shown[0].like_high, currency) });
  return <Chart title={text("candidates.picture", { days: horizon })} name="candidates" summary={summary} option={option} table={table} height={50 + 22 * shown.length} />;
}

function RankedRows({ candidates }: { candidates: Candidate[] }) {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const { currency } = useSession();
  const money = (value: number) => format.moneyOf(value, currency);
  return (
    <section className="scores">
      <Rows label={text("candidates.title")} rows={candidates} keyOf={(row) => row.line} columns={[
        { key: "place", title: text("selection.place"), number: true, cell: (row) => row.place },
        { key: "title", title: text("upload.title"), cell: (row) => <div className="item-title">{row.title} {row.category && <span className="soft">{row.category}</span>}</div> },
        { key: "price", title: text("upload.price"), number: true, cell: (row) => (row.price ? money(row.price) : "–") },
        { key: "rank", title: text("candidates.rank"), number: true, cell: (row) => format.share(row.rank) },
        { key: "median", title: text("candidates.median"), number: true, cell: (row) => (row.alike.length ? money(row.like_median) : "–") },
        { key: "interval", title: text("candidates.interval"), number: true, cell: (row) => (row.alike.length ? `${money(row.like_low)} – ${money(row.like_high)}` : "–") },
        { key: "reasons", title: text("selection.reasons"), cell: (row) => <div className="reasons">{language === "zh" ? row.reasons_zh : row.reasons_en}</div> },
        { key: "alike", title: text("selection.similar"), cell: (row) => <span className="links">{row.alike.map((one) => <a key={one.item} href={href("items", [one.item])} title={one.title}>{one.item}</a>)}</span> },
      ]} />
    </section>
  );
}

// Listed last by the server, without a rank: nothing that is doubtful is scored as if it were normal.
function Flagged({ candidates }: { candidates: Candidate[] }) {
  const text = useText();
  const { language } = usePreferences();
  return (
    <section>
      <h2>{text("candidates.flagged")}</h2>
      <Rows label={text("candidates.flagged")} rows={candidates} keyOf={(row) => row.line} columns={[
        { key: "line", title: text("candidates.line"), number: true, cell: (row) => row.line },
        { key: "title", title: text("upload.title"), cell: (row) => short(row.title) || "–" },
        { key: "reasons", title: text("selection.reasons"), cell: (row) => (language === "zh" ? row.reasons_zh : row.reasons_en) },
      ]} />
    </section>
  );
}
