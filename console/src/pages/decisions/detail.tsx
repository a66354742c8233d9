import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { href } from "../../app/route";
import { useMay, useSession } from "../../app/session";
import { StateTag } from "../../components/state_tag";
import { Answer } from "../../components/states";
import { EvidenceChart } from "./evidence_chart";
import { Expected } from "./expected";
import { Facts } from "./facts";
import { Checks, History } from "./history";
import { Urgency } from "./list";
import { itemOf, type Decision, type Shown } from "./types";
import type { Deciding } from "./use_deciding";

interface Props {
  id: string;
  close: () => void;
  deciding: Deciding;
}

export function Detail({ id, close, deciding }: Props) {
  const text = useText();
  const query = useQuery({ queryKey: ["decisions.show", id], queryFn: ({ signal }) => read("decisions.show", { id }, signal), refetchInterval: 20_000 });
  return (
    <div className="detail">
      <div className="detail-bar">
        <Button type="text" size="small" onClick={close}>{text("action.close")}</Button>
        {query.data && <Verbs decision={query.data.decision} deciding={deciding} />}
      </div>
      <Answer query={query} rows={14}>{(shown) => <Body {...shown} />}</Answer>
    </div>
  );
}

function Verbs({ decision, deciding }: { decision: Decision; deciding: Deciding }) {
  const text = useText();
  const may = useMay();
  if (decision.state === "pending" && may("decisions.approve"))
    return (
      <span className="bulk-buttons">
        <Button onClick={() => deciding.ask("reject", [decision])}>{text("action.reject")}</Button>
        <Button type="primary" onClick={() => deciding.ask("approve", [decision])}>{text("action.approve")}</Button>
      </span>
    );
  if (["acted", "measured"].includes(decision.state) && may("decisions.roll_back"))
    return <Button danger onClick={() => deciding.ask("roll_back", [decision])}>{text("action.roll_back")}</Button>;
  return null;
}

function Body({ decision, events }: Shown) {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const item = itemOf(decision);
  return (
    <article>
      <h1 className="detail-title">{decision.summary[language] || decision.summary.en}</h1>
      <Standing decision={decision} />
      <dl className="headline">
        <div><dt>{text("decisions.value")}</dt><dd className="strong">{format.money(decision.value)}</dd></div>
        <div><dt>{text("decisions.urgency")}</dt><dd><Urgency value={decision.urgency} /></dd></div>
        <div><dt>{text("decisions.subject")}</dt><dd>{item ? <a href={href("items", [item])}>{decision.subject.replace(/^item:/, "")}</a> : decision.subject}</dd></div>
        <div><dt>{text("decisions.as_of")}</dt><dd>{format.day(decision.as_of)}</dd></div>
      </dl>
      <h2>{text("detail.what")}</h2>
      <Facts values={decision.arguments} />
      <h2>{text("detail.expected")}</h2>
      <Expected decision={decision} events={events} />
      <h2>{text("detail.why")}</h2>
      <EvidenceChart decision={decision} />
      <Facts values={decision.evidence} folded />
      <h2>{text("detail.checks")}</h2>
      <Checks events={events} />
      <h2>{text("detail.history")}</h2>
      <History events={events} />
      <p className="soft small">{text("detail.hash")} <code>{decision.hash.slice(0, 16)}</code></p>
    </article>
  );
}

// Where it stands, said in a sentence where somebody might expect to decide and cannot.
function Standing({ decision }: { decision: Decision }) {
  const text = useText();
  const format = useFormat();
  const { name } = useSession();
  if (decision.state === "pending" && Date.parse(decision.deadline) < Date.now()) return <Alert type="warning" showIcon title={text("detail.over")} />;
  if (decision.state === "pending" && decision.proposed_by === name) return <Alert type="info" showIcon title={text("detail.own")} />;
  if (decision.state === "pending") return <p className="soft">{text("detail.until", { time: format.moment(decision.deadline) })}</p>;
  if (decision.state === "expired") return <Alert type="warning" showIcon title={text("detail.expired")} />;
  return (
    <p>
      <StateTag state={decision.state} /> <span className="soft">{decision.reason}</span>
    </p>
  );
}
