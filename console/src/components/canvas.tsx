import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import type { EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import { usePreferences } from "../app/preferences";

// The part of ECharts that the console draws with; loaded where the first chart is.
echarts.use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export type ChartOption = EChartsCoreOption;
export interface CanvasHandle {
  png: () => string;
}

const inks = { light: { text: "#4b5563", line: "#e2e5e9", back: "#ffffff" }, dark: { text: "#a9b1bb", line: "#343a42", back: "#1b1f24" } };

// Tips are drawn into the canvas: the page's policy forbids styles within texts.
function dressed(option: ChartOption, theme: "light" | "dark"): ChartOption {
  const ink = inks[theme];
  const axis = (given: unknown) =>
    [given].flat().map((one) => ({
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: ink.line } },
      ...(one as object),
      axisLabel: { color: ink.text, fontSize: 11, hideOverlap: true, ...(one as { axisLabel?: object }).axisLabel },
    }));
  return {
    animation: false,
    backgroundColor: ink.back,
    textStyle: { fontFamily: "inherit" },
    grid: { left: 8, right: 12, top: 34, bottom: 4, containLabel: true },
    ...option,
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: ink.text, fontSize: 12 }, ...(option.legend as object) },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: ink.back, borderColor: ink.line, textStyle: { color: ink.text, fontSize: 12 }, ...(option.tooltip as object) },
    xAxis: axis(option.xAxis),
    yAxis: axis(option.yAxis),
  };
}

export default function Canvas(props: { option: ChartOption; height: number; label: string; ref?: Ref<CanvasHandle> }) {
  const { theme } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(null);
  useEffect(() => {
    const made = echarts.init(box.current!, undefined, { renderer: "canvas" });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(dressed(props.option, theme), true), [props.option, theme]);
  useImperativeHandle(props.ref, () => ({
    png: () => chart.current!.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: inks[theme].back }),
  }));
  return <div ref={box} role="img" aria-label={props.label} style={{ height: props.height }} />;
}
