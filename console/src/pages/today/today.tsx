import { useQuery } from "@tanstack/react-query";
import { read, type Reply } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { href } from "../../app/route";
import { useSession } from "../../app/session";
import { Page } from "../../components/page";
import { Answer, Nothing } from "../../components/states";
import { DecisionList } from "../decisions/list";
import { Sales } from "./sales";
import { go } from "../../app/route";

// What needs a decision, what the engine did by itself, what failed, what to look at.
export default function Today() {
  const text = useText();
  const format = useFormat();
  const { today } = useSession();
  return (
    <Page title={text("today.title", { day: format.day(today) })}>
      <Numbers />
      <div className="columns">
        <section>
          <h2>{text("today.decide")}</h2>
          <Waiting />
        </section>
        <section>
          <h2>{text("today.sales")}</h2>
          <Sales />
          <h2>{text("today.look")}</h2>
          <Exceptions />
          <h2>{text("today.failed")}</h2>
          <Failed />
        </section>
      </div>
    </Page>
  );
}

type Counts = Reply<"decisions.counts">["counts"];

function Numbers() {
  const text = useText();
  const format = useFormat();
  const { currency } = useSession();
  const query = useQuery({ queryKey: ["decisions.counts"], queryFn: ({ signal }) => read("decisions.counts", {}, signal) });
  const card = (counts: Counts, state: string, label: string) => {
    const own = counts.filter((one) => one.state === state);
    const minor = own.reduce((sum, one) => sum + one.value.minor, 0);
    return (
      <a key={state} className="panel number-card" href={href("decisions", [], { state: state === "pending" ? "" : state })}>
        <span className="soft">{label}</span>
        <span className="big">{format.whole(own.reduce((sum, one) => sum + one.decisions, 0))}</span>
        <span className="soft small">{format.money({ minor, currency })}</span>
      </a>
    );
  };
  return (
    <Answer query={query} rows={2}>
      {({ counts }) => (
        <div className="cards">
          {card(counts, "pending", text("today.pending"))}
          {card(counts, "approved", text("today.approved"))}
          {card(counts, "acted", text("state.acted"))}
          {card(counts, "failed", text("state.failed_decision"))}
        </div>
      )}
    </Answer>
  );
}

function Waiting() {
  const text = useText();
  const query = useQuery({ queryKey: ["decisions.list", "today"], queryFn: ({ signal }) => read("decisions.list", { state: "pending", limit: 10 }, signal) });
  return (
    <Answer query={query} rows={8}>
      {({ decisions }) =>
        decisions.length === 0 ? (
          <Nothing title={text("decisions.none_pending")}>{text("decisions.none_pending_hint")}</Nothing>
        ) : (
          <>
            <div className="panel-table"><DecisionList decisions={decisions} opened="" chosen={new Map()} show={(id) => go(href("decisions", [id]))} /></div>
            <p className="gap"><a href={href("decisions")}>{text("today.all")}</a></p>
          </>
        )
      }
    </Answer>
  );
}

function Exceptions() {
  const text = useText();
  const { language } = usePreferences();
  const query = useQuery({ queryKey: ["stock.exceptions", "today"], queryFn: ({ signal }) => read("stock.exceptions", { limit: 5 }, signal), retry: false });
  if (query.error) return <Nothing title={text("today.no_look")}>{query.error.message}</Nothing>;
  return (
    <Answer query={query} rows={4}>
      {(found) =>
        found.exceptions.length === 0 ? (
          <Nothing title={text("today.no_look")} />
        ) : (
          <>
            <p className="soft small">{text("today.exceptions", { runs_out: found.runs_out, never_sells: found.never_sells, overstock: found.overstock })}</p>
            <ul className="plain-list">
              {found.exceptions.map((one) => (
                <li key={`${one.trouble} ${one.item}`}>
                  <a href={href("items", [one.item])}>{one.item}</a> <span className="soft small">{language === "zh" ? one.text_zh : one.text_en}</span>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Answer>
  );
}

function Failed() {
  const text = useText();
  const format = useFormat();
  const jobs = useQuery({ queryKey: ["jobs.list"], queryFn: ({ signal }) => read("jobs.list", { limit: 100 }, signal) });
  return (
    <Answer query={jobs} rows={2}>
      {({ runs }) => {
        const failed = runs.filter((run) => run.state === "failed").slice(0, 5);
        if (failed.length === 0) return <p className="soft">{text("today.none_failed")}</p>;
        return <ul className="plain-list">{failed.map((run) => <li key={run.run_id}><a href={href("jobs")}>{run.job}</a> <span className="soft small">{format.moment(run.started_at)} {run.failure}</span></li>)}</ul>;
      }}
    </Answer>
  );
}
