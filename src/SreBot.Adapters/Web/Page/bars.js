import { el } from "./dom.js";
import { figure, colors, short } from "./plot.js";

const most = 12, row = 34;

// Bars to compare, from left to right, the first on top.
export const bars = block => {
  const shown = (block.bars ?? []).slice(0, most);
  const rest = (block.bars ?? []).length - shown.length;
  const whole = figure(block, [rest > 0 && el("li", {}, `and ${rest} more`)], shown.length > 0 ? plot => option(plot, block, shown) : null, "Nothing to compare");
  if (shown.length > 0) whole.querySelector(".plot").style.height = `${shown.length * row + 34}px`;
  return whole;
};

const option = (plot, block, shown) => {
  const color = colors(plot);
  const font = getComputedStyle(plot).fontFamily;
  const text = { color: color("--muted"), fontFamily: font, fontSize: 11.5 };
  const ink = { color: color("--ink"), fontFamily: font, fontSize: 12.5 };
  const room = plot.clientWidth;
  const right = Math.round(Math.min(190, room * 0.3, 24 + (7 * Math.max(...shown.map(bar => bar.label.length)))));
  return {
    animation: false,
    textStyle: { fontFamily: font },
    // Names stand left of the bars and values right of them; both give way on a narrow screen.
    grid: { left: 4, right, top: 4, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "value", min: 0, splitNumber: 4, axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true, formatter: value => `${short(value)} ${block.unit}`.trim() }, splitLine: { lineStyle: { color: color("--line") } },
    },
    yAxis: {
      type: "category", inverse: true, data: shown.map((bar, index) => `${index}`), axisTick: { show: false }, axisLine: { lineStyle: { color: color("--line-strong") } },
      axisLabel: { ...ink, width: Math.round(Math.min(260, room * 0.36)), overflow: "truncate", formatter: index => shown[index].name.replaceAll(/[{}|]/g, " ") },
    },
    series: [{
      type: "bar", barMaxWidth: 18, silent: true, itemStyle: { color: color("--series-1") },
      data: shown.map(bar => typeof bar.value === "number" && bar.value > 0 ? bar.value : 0),
      label: { show: true, position: "right", ...ink, width: right - 10, overflow: "truncate", formatter: item => shown[item.dataIndex].label.replaceAll(/[{}|]/g, " ") },
    }],
  };
};
