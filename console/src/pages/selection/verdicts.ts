import type { TextKey } from "../../text";

export const verdicts = ["list", "push", "keep", "clear", "drop", "unknown"] as const;
export const verdictText = (verdict: string) => `selection.${verdict}` as TextKey;
