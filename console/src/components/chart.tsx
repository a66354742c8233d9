import { Button, Segmented } from "antd";
import { lazy, Suspense, useId, useRef, useState } from "react";
import { useText } from "../app/preferences";
import type { CanvasHandle, ChartOption } from "./canvas";
import { Loading } from "./states";

const Canvas = lazy(() => import("./canvas"));

export interface ChartTable {
  columns: string[];
  rows: (string | number | null)[][];
}

function csv(table: ChartTable): string {
  const cell = (value: string | number | null) => {
    const text = value === null ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [table.columns, ...table.rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function save(name: string, url: string) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}

function saveCsv(name: string, table: ChartTable) {
  // The mark at the beginning lets spreadsheet programs read it as UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", csv(table)], { type: "text/csv" }));
  save(`${name}.csv`, url);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// A chart with its table; both can be saved. `summary` says in words what the picture shows.
export function Chart(props: { title: string; name: string; summary: string; option: ChartOption; table: ChartTable; height?: number }) {
  const text = useText();
  const id = useId();
  const canvas = useRef<CanvasHandle>(null);
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption>
        <span id={id} className="chart-title">{props.title}</span>
        <span className="chart-tools">
          <Segmented
            size="small"
            value={view}
            aria-label={text("chart.view")}
            onChange={(value) => setView(value as "chart" | "table")}
            options={[
              { value: "chart", label: text("chart.chart") },
              { value: "table", label: text("chart.table") },
            ]}
          />
          <Button size="small" type="text" onClick={() => saveCsv(props.name, props.table)}>CSV</Button>
          <Button size="small" type="text" disabled={view !== "chart"} onClick={() => canvas.current && save(`${props.name}.png`, canvas.current.png())}>PNG</Button>
        </span>
      </figcaption>
      {view === "chart" ? (
        <Suspense fallback={<Loading rows={4} />}>
          <Canvas ref={canvas} option={props.option} height={props.height ?? 240} label={props.summary} />
        </Suspense>
      ) : (
        <PlainTable table={props.table} label={props.title} />
      )}
    </figure>
  );
}

export function PlainTable({ table, label }: { table: ChartTable; label: string }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="plain">
        <thead>
          <tr>{table.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>{row.map((value, j) => <td key={j} className={typeof value === "number" ? "number" : ""}>{value}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
