import type { Reply } from "../../api/client";

export type Shown = Reply<"labels.show_set">;
export type Task = Reply<"labels.next">["tasks"][number];
export type Judged = Reply<"labels.tasks">["tasks"][number];
