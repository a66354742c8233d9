import { useCallback } from "react";
import { useText } from "../../app/preferences";
import type { TextKey } from "../../text";

const names: Record<string, TextKey> = {
  random: "method.random",
  "last 4 weeks": "method.recent",
  "last year": "method.last_year",
  "buyer's rules": "method.buyer",
  linear: "method.linear",
  lightgbm: "method.lightgbm",
  xgboost: "method.xgboost",
  ensemble: "method.ensemble",
  model: "method.model",
  like_items: "method.like_items",
  price: "method.price",
  category: "method.category",
};

// What makes a list, in the reader's language; one that has no words yet as the server calls it.
export function useMethodName(): (method: string) => string {
  const text = useText();
  return useCallback((method: string) => (names[method] ? text(names[method]) : method), [text]);
}
