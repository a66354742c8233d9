import { Button, Input } from "antd";
import { useEffect, useRef } from "react";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { useMay, useSession } from "../../app/session";
import { Answer, Nothing } from "../../components/states";
import { Judged } from "./judged";
import { NewListing } from "./new_listing";
import { Marked } from "./marked";
import { useMatchKeys } from "./use_match_keys";
import { keyOf, useMatches, type Match, type MatchQueue } from "./use_matches";

// Competitors' offers that are likely, but not surely, an item of the shop: a person says.
export function Matches() {
  const text = useText();
  const may = useMay();
  const { query: given } = useRoute();
  const competitor = given.get("competitor") ?? "";
  const queue = useMatches(competitor);
  const mayJudge = may("selection.review_match");
  useMatchKeys(queue, () => mayJudge);
  return (
    <>
      {may("selection.match") && <NewListing />}
      <h2>{text("matches.waiting")}</h2>
      <div className="filters">
        <Input.Search allowClear className="search" defaultValue={competitor} aria-label={text("matches.competitor")} placeholder={text("matches.of_competitor")} onSearch={(value) => go(href("selection", ["matches"], { competitor: value.trim() }), "replace")} />
      </div>
      <Answer query={queue.query}>{() => (queue.matches.length === 0 ? <Nothing title={text("matches.none")}>{text("matches.none_words")}</Nothing> : <Waiting queue={queue} mayJudge={mayJudge} />)}</Answer>
      <Judged competitor={competitor} mayUndo={may("selection.undo_review")} onUndone={queue.renew} />
    </>
  );
}

function Waiting({ queue, mayJudge }: { queue: MatchQueue; mayJudge: boolean }) {
  const text = useText();
  const format = useFormat();
  const { last } = queue;
  return (
    <>
      <p className="toolbar">
        <span role="status">
          {text("matches.left", { n: format.whole(queue.left) })} {last && text(last.verdict === "accept" ? "matches.accepted" : "matches.refused", { title: last.match.title, item: last.match.item })}
        </span>
        {mayJudge && <span className="soft small">{text("matches.keys")}</span>}
      </p>
      <ul className="matches" tabIndex={-1}>
        {queue.matches.map((match) => (
          <Pair key={keyOf(match)} match={match} queue={queue} mayJudge={mayJudge} />
        ))}
      </ul>
    </>
  );
}

// The offer on the left, the shop's own item on the right; words that the other lacks are marked.
function Pair({ match, queue, mayJudge }: { match: Match; queue: MatchQueue; mayJudge: boolean }) {
  const text = useText();
  const format = useFormat();
  const { currency } = useSession();
  const row = useRef<HTMLLIElement>(null);
  const isCurrent = queue.current === match;
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const price = (value: number) => (value > 0 ? format.moneyOf(value, currency) : text("matches.no_price"));
  return (
    <li ref={row} className={isCurrent ? "panel match opened" : "panel match"} aria-current={isCurrent || undefined} onClick={() => queue.choose(match)}>
      <div>
        <p className="soft small">{match.competitor} · {format.day(match.day)}</p>
        <p><Marked text={match.title || match.key} other={match.item_title} /></p>
        <p className="strong">{price(match.price)}</p>
      </div>
      <div>
        <p className="soft small">{text("matches.own")} · <a href={href("items", [match.item])}>{match.item}</a></p>
        <p><Marked text={match.item_title} other={match.title} /></p>
        <p className="strong">{price(match.item_price)}</p>
      </div>
      <div className="match-foot">
        <span className="soft small">
          {text("matches.likeness", { share: format.share(match.likeness) })}
          <PriceGap match={match} />
          {match.suspect && <span className="bad"> · {text("matches.suspect")}</span>}
        </span>
        {mayJudge && (
          <span className="bulk-buttons">
            <Button size="small" type={isCurrent ? "primary" : "default"} disabled={queue.isBusy} onClick={() => queue.judge("accept", match)}>{text("matches.accept")} {isCurrent && <kbd>y</kbd>}</Button>
            <Button size="small" disabled={queue.isBusy} onClick={() => queue.judge("refuse", match)}>{text("matches.refuse")} {isCurrent && <kbd>n</kbd>}</Button>
          </span>
        )}
      </div>
    </li>
  );
}

const oddPrice = 1.6; // as many times, or as small a share: the matcher's own bound for a suspect listing

function PriceGap({ match }: { match: Match }) {
  const text = useText();
  const format = useFormat();
  if (!(match.price > 0 && match.item_price > 0)) return null;
  const times = match.price / match.item_price;
  return <span className={times >= oddPrice || times <= 1 / oddPrice ? "warn" : undefined}> · {text("matches.price_times", { n: format.plain(times) })}</span>;
}
