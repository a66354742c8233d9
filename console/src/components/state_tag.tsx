import { Tag } from "antd";
import { useText } from "../app/preferences";
import { en } from "../text/en";
import type { TextKey } from "../text";

const colours: Record<string, string> = { approved: "blue", acted: "green", measured: "green", done: "green", rejected: "default", expired: "default", failed: "red", refused: "red", rolled_back: "orange", pending: "gold", running: "blue", waiting: "default" };

const stateKey = (state: string): TextKey | undefined => (`state.${state}` in en ? (`state.${state}` as TextKey) : undefined);

export function useStateName(): (state: string) => string {
  const text = useText();
  return (state) => {
    const key = stateKey(state);
    return key ? text(key) : state;
  };
}

export function StateTag({ state }: { state: string }) {
  const name = useStateName();
  return <Tag color={colours[state] ?? "default"}>{name(state)}</Tag>;
}
