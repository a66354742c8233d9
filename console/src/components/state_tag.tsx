import { useText } from "../app/preferences";
import { en } from "../text/en";
import type { TextKey } from "../text";

const stateKey = (state: string): TextKey | undefined => (`state.${state}` in en ? (`state.${state}` as TextKey) : undefined);

export function useStateName(): (state: string) => string {
  const text = useText();
  return (state) => {
    if (state === "failed") return text("state.failed_decision");
    const key = stateKey(state);
    return key ? text(key) : state;
  };
}

// The colour only repeats what the word says.
export function StateTag({ state }: { state: string }) {
  const name = useStateName();
  return <span className={`tag ${state}`}>{name(state)}</span>;
}
