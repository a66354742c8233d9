import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { Problem } from "../api/client";
import { useText } from "../app/preferences";

// What a page shows while it waits, where there is nothing, and where something went wrong.
export function Loading({ rows = 6 }: { rows?: number }) {
  const text = useText();
  return (
    <div role="status" aria-label={text("state.loading")} className="pad">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      <p className="nothing-title">{title}</p>
      {children && <div className="soft">{children}</div>}
    </div>
  );
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const text = useText();
  const problem = error instanceof Problem ? error : undefined;
  const sentence =
    problem?.status === 0 ? text("state.unreachable") : problem?.status === 403 ? text("state.forbidden") : String(problem?.message ?? error);
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{text("state.failed")}</strong> {sentence}
        {problem?.about && <span className="soft"> ({problem.about})</span>}
      </p>
      {problem?.requestId && <p className="soft small">{text("state.request", { id: problem.requestId })}</p>}
      {retry && <Button onClick={retry}>{text("action.retry")}</Button>}
    </div>
  );
}

// A query's three states around what it found.
export function Answer<Data>(props: {
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  rows?: number;
  children: (data: Data) => ReactNode;
}) {
  const { query, rows, children } = props;
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading rows={rows} />;
}
