import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pagination } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { read, type Reply } from "../../api/client";
import { useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { Answer, Nothing } from "../../components/states";
import { ActBanner, BulkBar } from "./actions";
import { Detail } from "./detail";
import { Filters } from "./filters";
import { KeysHelp } from "./keys";
import { DecisionList } from "./list";
import { pageSize, queryOf, requestOf, viewOf, type Counts, type Decision, type View } from "./types";
import { useDeciding } from "./use_deciding";
import { useKeys } from "./use_keys";

export default function Decisions() {
  const text = useText();
  const route = useRoute();
  const view = useMemo(() => viewOf(route.query), [route.query]);
  const opened = route.rest[0] ?? "";
  const show = useCallback((id: string, next: View = view) => go(href("decisions", id ? [id] : [], queryOf(next)), "replace"), [view]);
  const counts = useQuery({ queryKey: ["decisions.counts"], queryFn: ({ signal }) => read("decisions.counts", {}, signal) });
  const list = useQuery({
    queryKey: ["decisions.list", view],
    queryFn: ({ signal }) => read("decisions.list", requestOf(view), signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  usePageAhead(view, list.data);
  const decisions = useMemo(() => list.data?.decisions ?? [], [list.data]);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Decision>>(new Map());
  useEffect(() => setChosen(new Map()), [view.state, view.kind, view.search]);
  const deciding = useDeciding(() => setChosen(new Map()));
  const [help, setHelp] = useState(false);
  const toggle = useCallback((decision: Decision) => {
    setChosen((before) => {
      const after = new Map(before);
      if (!after.delete(decision.id)) after.set(decision.id, decision);
      return after;
    });
  }, []);
  useKeys({ decisions, opened, chosen, show, toggle, deciding, toggleHelp: () => setHelp((shown) => !shown) });

  return (
    <div className={opened ? "split opened" : "split"}>
      <section className="left" aria-label={text("decisions.list")}>
        <Filters view={view} counts={counts.data} change={(next) => show("", next)} showHelp={() => setHelp(true)} />
        <ActBanner counts={counts.data} />
        <BulkBar chosen={[...chosen.values()]} listed={decisions} choose={setChosen} deciding={deciding} />
        <Answer query={list} rows={12}>
          {() => (decisions.length === 0 ? <Empty view={view} /> : <DecisionList decisions={decisions} opened={opened} chosen={chosen} show={show} toggle={toggle} />)}
        </Answer>
        <Pages view={view} counts={counts.data} listed={decisions.length} change={(next) => show("", next)} />
      </section>
      <aside className="right" aria-label={text("decisions.detail")}>
        {opened ? <Detail key={opened} id={opened} close={() => show("")} deciding={deciding} /> : <Nothing title={text("decisions.choose")}>{text("decisions.keys_hint")}</Nothing>}
      </aside>
      {deciding.dialog}
      <KeysHelp open={help} close={() => setHelp(false)} />
    </div>
  );
}

// The page after this one is asked for beforehand, so that turning to it waits for nothing.
function usePageAhead(view: View, shown: Reply<"decisions.list"> | undefined) {
  const client = useQueryClient();
  useEffect(() => {
    if (!shown || shown.decisions.length < pageSize) return;
    const next = { ...view, page: view.page + 1 };
    void client.prefetchQuery({ queryKey: ["decisions.list", next], queryFn: ({ signal }) => read("decisions.list", requestOf(next), signal), staleTime: 30_000 });
  }, [client, view, shown]);
}

function Empty({ view }: { view: View }) {
  const text = useText();
  if (view.search || view.kind) return <Nothing title={text("decisions.none_match")} />;
  return view.state === "pending" ? <Nothing title={text("decisions.none_pending")}>{text("decisions.none_pending_hint")}</Nothing> : <Nothing title={text("decisions.none")} />;
}

function total(view: View, counts: Counts | undefined): number {
  const fits = (one: Counts["counts"][number]) => (view.state === "all" || one.state === view.state) && (!view.kind || one.kind === view.kind);
  return counts?.counts.filter(fits).reduce((sum, one) => sum + one.decisions, 0) ?? 0;
}

// A search has no count beforehand: it ends where a page is not full.
function Pages(props: { view: View; counts: Counts | undefined; listed: number; change: (view: View) => void }) {
  const { view, counts, listed, change } = props;
  const text = useText();
  const before = (view.page - 1) * pageSize;
  const known = view.search ? before + listed + (listed === pageSize ? 1 : 0) : total(view, counts);
  if (known <= pageSize && view.page === 1) return null;
  return (
    <nav className="pages" aria-label={text("decisions.pages")}>
      <Pagination simple={Boolean(view.search)} current={view.page} pageSize={pageSize} total={known} showSizeChanger={false} onChange={(page) => change({ ...view, page })} />
    </nav>
  );
}
