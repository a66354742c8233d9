import { Button, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { usePreferences, useText } from "../../app/preferences";
import { useStateName } from "../../components/state_tag";
import { SavedViews } from "./saved_views";
import { sorts, states, type Counts, type View } from "./types";

interface Props {
  view: View;
  counts: Counts | undefined;
  change: (view: View) => void;
  showHelp: () => void;
}

export function Filters({ view, counts, change, showHelp }: Props) {
  const text = useText();
  const stateName = useStateName();
  const { language } = usePreferences();
  const count = (state: string) =>
    counts?.counts.filter((one) => (state === "all" || one.state === state) && (!view.kind || one.kind === view.kind)).reduce((sum, one) => sum + one.decisions, 0) ?? 0;
  const stateOptions = ["pending", "all", ...states.slice(1)].map((state) => ({
    value: state,
    label: `${state === "all" ? text("decisions.all_states") : stateName(state)} (${count(state)})`,
  }));
  const kindOptions = [{ value: "", label: text("decisions.all_kinds") }, ...(counts?.kinds ?? []).map((kind) => ({ value: kind.kind, label: kind.title[language] || kind.kind }))];
  return (
    <div className="filters" role="search">
      <Search value={view.search} change={(search) => change({ ...view, search, page: 1 })} />
      <Select aria-label={text("decisions.state")} value={view.state} options={stateOptions} onChange={(state) => change({ ...view, state, page: 1 })} popupMatchSelectWidth={false} />
      <Select aria-label={text("decisions.kind")} value={view.kind} options={kindOptions} onChange={(kind) => change({ ...view, kind, page: 1 })} popupMatchSelectWidth={false} />
      <Select
        aria-label={text("decisions.sort")}
        value={view.sort}
        options={sorts.map((sort) => ({ value: sort, label: text(`sort.${sort}`) }))}
        onChange={(sort) => change({ ...view, sort, page: 1 })}
        popupMatchSelectWidth={false}
      />
      <SavedViews view={view} change={change} />
      <Button type="text" className="wide-only" onClick={showHelp} aria-label={text("keys.title")}>?</Button>
    </div>
  );
}

// Waits until somebody has stopped typing.
function Search({ value, change }: { value: string; change: (value: string) => void }) {
  const text = useText();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => change(typed.trim()), 250);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed, value]);
  return <Input className="search" allowClear value={typed} placeholder={text("decisions.search")} aria-label={text("decisions.search")} onChange={(event) => setTyped(event.target.value)} />;
}
