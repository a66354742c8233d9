import type { Task } from "./types";

const cellOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

// What is to be judged: a text, a record's fields, or where the picture lies.
export function Content({ task }: { task: Pick<Task, "text" | "picture" | "record"> }) {
  const record = task.record && typeof task.record === "object" ? Object.entries(task.record) : [];
  return (
    <>
      {task.text && <p className="task-text" dir="auto">{task.text}</p>}
      {task.picture && <p><code>{task.picture}</code></p>}
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
