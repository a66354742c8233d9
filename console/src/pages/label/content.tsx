import { useEffect, useState } from "react";
import { useText } from "../../app/preferences";
import type { Task } from "./types";

// One of the shop's folder pictures/; anything else, such as another site's, is named and not fetched.
function Picture({ of }: { of: string }) {
  const text = useText();
  const [missing, setMissing] = useState(false);
  useEffect(() => setMissing(false), [of]);
  if (missing || !of.startsWith("pictures/")) return <p><code className="file">{of.slice(0, 200)}</code> {text("label.no_picture")}</p>;
  return <img className="task-picture" alt={text("label.picture_alt")} src={`./v1/pictures/${encodeURIComponent(of.slice("pictures/".length))}`} onError={() => setMissing(true)} />;
}

const cellOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

// What is to be judged: a text, a record's fields, or where the picture lies.
export function Content({ task }: { task: Pick<Task, "text" | "picture" | "record"> }) {
  const record = task.record && typeof task.record === "object" ? Object.entries(task.record) : [];
  return (
    <>
      {task.text && <p className="task-text" dir="auto">{task.text}</p>}
      {task.picture && <Picture of={task.picture} />}
      {record.length > 0 && (
        <dl className="facts">
          {record.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{cellOf(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
