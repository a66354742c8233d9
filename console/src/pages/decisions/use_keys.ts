import { useEffect } from "react";
import { isTyping } from "../../app/keys";
import type { Decision } from "./types";
import type { Deciding } from "./use_deciding";

interface Keyed {
  decisions: Decision[];
  opened: string;
  chosen: ReadonlyMap<string, Decision>;
  show: (id: string) => void;
  toggle: (decision: Decision) => void;
  deciding: Deciding;
  toggleHelp: () => void;
}

// j and k go down and up, x chooses, a approves and r rejects what is chosen, else what is open; ? shows this.
export function useKeys(keyed: Keyed) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || keyed.deciding.isAsking) return;
      if (handle(keyed, event.key)) event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}

function handle(keyed: Keyed, key: string): boolean {
  const { decisions, opened, chosen, show, toggle, deciding, toggleHelp } = keyed;
  const place = decisions.findIndex((one) => one.id === opened);
  const current = decisions[place];
  const targets = (chosen.size ? [...chosen.values()] : current ? [current] : []).filter((one) => one.state === "pending");
  const move = (to: number) => decisions.length > 0 && show(decisions[Math.min(Math.max(to, 0), decisions.length - 1)].id);
  switch (key) {
    case "j":
      move(place + 1);
      return true;
    case "k":
      move(place < 0 ? 0 : place - 1);
      return true;
    case "x":
      if (current?.state === "pending") toggle(current);
      return true;
    case "a":
      deciding.ask("approve", targets);
      return true;
    case "r":
      deciding.ask("reject", targets);
      return true;
    case "?":
      toggleHelp();
      return true;
    case "Escape":
      if (opened) show("");
      return Boolean(opened);
    default:
      return false;
  }
}
