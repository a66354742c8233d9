import { Button, Input } from "antd";
import { useRef, useState } from "react";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { useSession } from "../../app/session";
import { bytesOf, listingOf, mostBytes, textOf, type Column, type ListingRow } from "./listing_file";

// What somebody gave: the rows of a file of this computer, or the path of one of the server's.
export interface Given {
  name: string;
  rows?: ListingRow[];
  path?: string;
}

interface Props {
  columns: readonly Column[];
  busy: boolean;
  disabled?: boolean;
  take: (given: Given) => void;
}

// A file is read here and its rows are sent; only an administrator may name a file of the server's.
export function Upload({ columns, busy, disabled, take }: Props) {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState("");
  const names = new Intl.ListFormat(language).format(columns.map((one) => text(`upload.${one}`)));
  const read = async (file: File) => {
    setWrong("");
    const listing = listingOf(await textOf(file), columns);
    if (!listing) return setWrong(text("upload.no_title", { file: file.name }));
    if (listing.rows.length === 0) return setWrong(text("upload.no_rows", { file: file.name }));
    if (bytesOf(listing.rows) > mostBytes) return setWrong(text("upload.too_large", { file: file.name, n: format.whole(listing.rows.length) }));
    take({ name: file.name, rows: listing.rows });
  };
  const chosen = (target: HTMLInputElement) => {
    const file = target.files?.[0];
    if (file) void read(file);
    target.value = ""; // the same file can be chosen again, once it was mended
  };
  return (
    <div className="upload">
      <input ref={input} hidden type="file" accept=".csv,.tsv,.txt,text/csv" onChange={(event) => chosen(event.target)} />
      <div className="toolbar">
        <Button type="primary" loading={busy} disabled={disabled} onClick={() => input.current?.click()}>{text("upload.choose")}</Button>
        <ServerFile disabled={disabled || busy} take={take} />
      </div>
      <p className="soft small">{text("upload.words", { names })}</p>
      {wrong && <p className="bad" role="alert">{wrong}</p>}
    </div>
  );
}

function ServerFile({ disabled, take }: { disabled: boolean; take: (given: Given) => void }) {
  const text = useText();
  const { role } = useSession();
  const [path, setPath] = useState("");
  const name = path.trim();
  const give = () => name && !disabled && take({ name, path: name });
  if (role !== "admin") return null;
  return (
    <span className="inline-form path">
      <Input value={path} aria-label={text("upload.path")} placeholder={text("upload.path")} onChange={(event) => setPath(event.target.value)} onPressEnter={give} />
      <Button disabled={disabled || !name} onClick={give}>{text("upload.read")}</Button>
    </span>
  );
}
