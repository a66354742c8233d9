import { Button } from "antd";
import { useState } from "react";
import { useFormat } from "../../app/format";
import { useText, type Translate } from "../../app/preferences";
import { en } from "../../text/en";
import type { TextKey } from "../../text";

const shownAtFirst = 8;

// A field's name in words, as the program writes it where the console has no words for it.
export function fieldName(text: Translate, field: string): string {
  const key = `field.${field}`;
  return key in en ? text(key as TextKey) : field.replaceAll("_", " ");
}

function useValue(): (field: string, value: unknown) => string {
  const text = useText();
  const format = useFormat();
  return (field, value) => {
    if (typeof value === "boolean") return text(value ? "value.yes" : "value.no");
    if (typeof value === "number") return /chance|level|share|probability/.test(field) ? format.share(value) : format.plain(value);
    if (value === null || value === "") return "–";
    if (typeof value === "object") return JSON.stringify(value);
    const text_ = String(value);
    return /^\d{4}-\d\d-\d\d$/.test(text_) ? format.day(text_) : text_;
  };
}

export function Facts({ values, folded = false }: { values: unknown; folded?: boolean }) {
  const text = useText();
  const show = useValue();
  const [all, setAll] = useState(!folded);
  const entries = Object.entries((values ?? {}) as Record<string, unknown>);
  const shown = all ? entries : entries.slice(0, shownAtFirst);
  if (entries.length === 0) return <p className="soft">{text("detail.none")}</p>;
  return (
    <>
      <dl className="facts">
        {shown.map(([field, value]) => (
          <div key={field}>
            <dt>{fieldName(text, field)}</dt>
            <dd>{show(field, value)}</dd>
          </div>
        ))}
      </dl>
      {entries.length > shown.length && <Button type="link" size="small" onClick={() => setAll(true)}>{text("detail.all_facts", { n: entries.length })}</Button>}
    </>
  );
}
