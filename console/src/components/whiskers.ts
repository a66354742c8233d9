interface Api {
  value: (dimension: number) => number;
  coord: (point: [number, number]) => [number, number];
}

// Intervals over the places of a category axis that goes down, as ECharts' custom series: a line with ends for each
// [place, low, high].
export function whiskers(name: string, data: [number, number, number][], color: string) {
  const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: color, lineWidth: 1.5 } });
  const renderItem = (_: unknown, api: Api) => {
    const [left, y] = api.coord([api.value(1), api.value(0)]);
    const [right] = api.coord([api.value(2), api.value(0)]);
    return { type: "group", children: [line(left, y, right, y), line(left, y - 4, left, y + 4), line(right, y - 4, right, y + 4)] };
  };
  return { type: "custom", name, data, renderItem, itemStyle: { color }, encode: { x: [1, 2], y: 0 }, tooltip: { show: false }, z: 5 };
}
