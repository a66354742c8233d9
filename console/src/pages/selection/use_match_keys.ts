import { useEffect } from "react";
import { isTyping } from "../../app/keys";
import type { MatchQueue } from "./use_matches";

// j and k go down and up, y accepts and n refuses the one that is marked. A key that is held down answers once.
export function useMatchKeys(queue: MatchQueue, mayJudge: () => boolean) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (handle(event, queue, mayJudge())) event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}

function handle(event: KeyboardEvent, queue: MatchQueue, mayJudge: boolean): boolean {
  if (event.key === "j") return (queue.move(1), true);
  if (event.key === "k") return (queue.move(-1), true);
  if (!mayJudge || event.repeat) return false;
  if (event.key === "y") return (queue.judge("accept"), true);
  if (event.key === "n") return (queue.judge("refuse"), true);
  return false;
}
