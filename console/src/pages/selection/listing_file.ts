import { texts, type TextKey } from "../../text";

// What a catalogue or a listing says of a row. A price that is no number counts as 0, which is flagged; none is unknown.
export interface ListingRow {
  title: string;
  code?: string;
  category?: string;
  supplier?: string;
  price?: number;
}

export type Column = keyof ListingRow;

export interface Listing {
  rows: ListingRow[];
  columns: Column[]; // that the file has, of those that were asked for
  left: string[]; // names of the others
}

const names: Record<Column, TextKey> = { title: "upload.title", code: "upload.code", category: "upload.category", supplier: "upload.supplier", price: "upload.price" };

// The server takes 1 MiB a request.
export const mostBytes = 1_000_000;
export const bytesOf = (rows: ListingRow[]) => new TextEncoder().encode(JSON.stringify(rows)).length;

// UTF-8, else the encoding that Chinese spreadsheet programs write.
export async function textOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

// The mark that the header has most of.
function separatorOf(text: string): string {
  const header = text.split(/[\r\n]/, 1)[0].replace(/"[^"]*"/g, "");
  const count = (mark: string) => header.split(mark).length;
  return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
}

// RFC 4180, with other separators, and lines that end as on any system. Empty lines are left out.
export function readCsv(text: string): string[][] {
  const separator = separatorOf(text);
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = "";
  let quoted = false;
  const endLine = () => {
    line.push(cell);
    if (line.length > 1 || line[0] !== "") lines.push(line);
    line = [];
    cell = "";
  };
  for (let at = 0; at < text.length; ++at) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === separator) (line.push(cell), (cell = ""));
    else if (letter === "\n" || letter === "\r") {
      if (letter === "\r" && text[at + 1] === "\n") ++at;
      endLine();
    } else cell += letter;
  }
  if (cell !== "" || line.length > 0) endLine();
  return lines;
}

// The column of a name in either language.
function columnOf(name: string, wanted: readonly Column[]): Column | undefined {
  const plain = name.trim().toLowerCase();
  return wanted.find((one) => one === plain || Object.values(texts).some((language) => language[names[one]].toLowerCase() === plain));
}

function valueOf(column: Column, cell: string): string | number | undefined {
  const plain = cell.trim();
  if (column === "title") return plain;
  if (plain === "") return undefined;
  if (column !== "price") return plain;
  return Number.isFinite(Number(plain)) ? Number(plain) : 0;
}

// The rows of a file with a header. None where no column is named title.
export function listingOf(text: string, wanted: readonly Column[]): Listing | undefined {
  const [header = [], ...lines] = readCsv(text);
  const columns = header.map((name) => columnOf(name, wanted));
  if (!columns.includes("title")) return undefined;
  const rows = lines.map((line) => {
    const row: Record<string, unknown> = { title: "" };
    columns.forEach((column, place) => column && (row[column] = valueOf(column, line[place] ?? "")));
    return row as unknown as ListingRow;
  });
  return { rows, columns: columns.filter((one) => one !== undefined), left: header.filter((_, place) => !columns[place]) };
}
