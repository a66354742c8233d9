import type { Translate } from "../../app/preferences";

// The engine's own rules in the reader's language; rules of a mapping speak for themselves.
export function ruleWords(text: Translate, rule: string): string | undefined {
  const ofField = /^(missing|unreadable|future) (\w+)$/.exec(rule) ?? /^(\w+) (out of range)$/.exec(rule);
  if (rule === "unreadable row") return text("rule.unreadable_row");
  if (rule === "duplicate") return text("rule.duplicate");
  if (rule === "repeated key") return text("rule.repeated_key");
  if (rule === "unknown currency") return text("rule.unknown_currency");
  if (!ofField) return undefined;
  if (ofField[2] === "out of range") return text("rule.out_of_range", { field: ofField[1] });
  return text(`rule.${ofField[1] as "missing" | "unreadable" | "future"}`, { field: ofField[2] });
}
