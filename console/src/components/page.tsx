import type { ReactNode } from "react";

export function Page({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        {tools}
      </div>
      {children}
    </div>
  );
}

export interface Column<Row> {
  key: string;
  title: string;
  number?: boolean;
  whole?: boolean; // never broken into lines, as a day and its time
  cell: (row: Row) => ReactNode;
}

// A plain table: what it has beyond the width scrolls within it.
export function Rows<Row>(props: { label: string; columns: Column<Row>[]; rows: Row[]; keyOf: (row: Row, place: number) => string | number }) {
  const { label, columns, rows, keyOf } = props;
  return (
    <div className="scroll tall panel-table" tabIndex={0} role="region" aria-label={label}>
      <table className="plain">
        <thead>
          <tr>{columns.map((column) => <th key={column.key} scope="col" className={column.number ? "number" : ""}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={keyOf(row, place)}>{columns.map((column) => <td key={column.key} className={column.number ? "number" : column.whole ? "whole" : ""}>{column.cell(row)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
