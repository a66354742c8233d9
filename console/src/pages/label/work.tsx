import { Button, Progress } from "antd";
import { useEffect, useRef } from "react";
import { useText } from "../../app/preferences";
import { Failure, Loading, Nothing } from "../../components/states";
import { Content } from "./content";
import type { Shown } from "./types";
import { useLabelKeys } from "./use_label_keys";
import { useQueue, type Queue } from "./use_queue";

// One task after another, answered by a digit. What an annotator holds stays theirs until the lease is over.
export function Work({ shown }: { shown: Shown }) {
  const text = useText();
  const queue = useQueue(shown.set);
  useLabelKeys(shown.classes, queue);
  // Away from the tab that was pressed, so that Enter takes the guess.
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  return (
    <div className="labelling">
      <section ref={panel} tabIndex={-1} className="panel task" aria-live="polite" aria-label={text("label.task")}>
        {queue.error ? <Failure error={queue.error} retry={queue.again} /> : <Current queue={queue} shown={shown} />}
      </section>
      <Guide shown={shown} done={queue.done} />
    </div>
  );
}

function Current({ queue, shown }: { queue: Queue; shown: Shown }) {
  const text = useText();
  const { current } = queue;
  if (!current && queue.isLoading) return <Loading rows={3} />;
  if (!current)
    return (
      <Nothing title={text(shown.tasks ? "label.no_more" : "label.no_tasks")}>
        <Button onClick={queue.again}>{text("label.look_again")}</Button>
      </Nothing>
    );
  return (
    <>
      <Content task={current.task} />
      {current.task.guess && <p className="soft gap">{text("label.guess", { label: current.task.guess })}</p>}
      {current.given && <p className="soft gap">{text("label.given", { label: current.given })}</p>}
      <div className="classes">
        {shown.classes.map((label, place) => (
          <Button key={label} disabled={queue.isBusy} type={current.task.guess === label ? "primary" : "default"} title={shown.descriptions[label]} onClick={() => queue.give(label)}>
            {place < 9 && <kbd>{place + 1}</kbd>} {label}
          </Button>
        ))}
      </div>
      <div className="toolbar gap">
        <span className="soft small">{text("label.keys")}</span>
        <span className="bulk-buttons">
          <Button size="small" disabled={!queue.canGoBack} onClick={queue.back}>{text("label.back")}</Button>
          <Button size="small" disabled={queue.isBusy || current.given !== undefined} onClick={queue.skip}>{text("label.skip")}</Button>
        </span>
      </div>
    </>
  );
}

// What annotators agreed to, beside the work.
function Guide({ shown, done }: { shown: Shown; done: number }) {
  const text = useText();
  const wanted = shown.tasks * shown.annotations_per_task;
  return (
    <aside aria-label={text("label.guide")}>
      <p className="strong" role="status">{text("label.done", { n: done })}</p>
      {wanted > 0 && <Progress percent={Math.min(100, Math.round((100 * shown.annotations) / wanted))} size="small" aria-label={text("label.progress")} />}
      {shown.instructions && <><h2>{text("label.instructions")}</h2><p className="words">{shown.instructions}</p></>}
      {Object.keys(shown.descriptions).length > 0 && (
        <dl className="meanings">{Object.entries(shown.descriptions).map(([label, words]) => <div key={label}><dt className="strong">{label}</dt><dd>{words}</dd></div>)}</dl>
      )}
      {shown.examples.length > 0 && <h2>{text("label.examples")}</h2>}
      <ul className="plain-list">
        {shown.examples.map((one, place) => <li key={place}>{one.text} → <strong>{one.label}</strong>{one.why && <span className="soft"> {one.why}</span>}</li>)}
      </ul>
    </aside>
  );
}
