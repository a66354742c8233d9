import { useEffect } from "react";
import { isTyping } from "../../app/keys";
import type { Queue } from "./use_queue";

// 1 to 9 give the class of that place, Enter takes the first guess, s skips, u goes back to the last one.
export function useLabelKeys(classes: string[], queue: Queue) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (handle(event, classes, queue)) event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}

function handle(event: KeyboardEvent, classes: string[], queue: Queue): boolean {
  const label = /^[1-9]$/.test(event.key) ? classes[Number(event.key) - 1] : undefined;
  if (label !== undefined) return (queue.give(label), true);
  if (event.key === "s") return (queue.skip(), true);
  if (event.key === "u" && queue.canGoBack) return (queue.back(), true);
  const guess = queue.current?.task.guess;
  const onButton = event.target instanceof HTMLElement && event.target.closest("button, a, [role=tab]");
  if (event.key === "Enter" && guess && !onButton) return (queue.give(guess), true);
  return false;
}
