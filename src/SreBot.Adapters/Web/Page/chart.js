import { el } from "./dom.js";
import { figure, colors, number, short } from "./plot.js";

const palette = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5", "--series-6"];

// Lines over time.
export const chart = block => {
  const lines = block.series ?? [];
  const foreground = lines.filter(line => !line.isContext);
  const context = lines.filter(line => line.isContext);
  const legend = [
    foreground.map((line, index) => el("li", { class: `key key-${index % palette.length + 1}` }, line.name)),
    block.band && el("li", { class: "key key-band" }, block.band.name),
    context.length > 2 ? el("li", { class: "key key-context" }, `${context.length} others`) : context.map(line => el("li", { class: "key key-context" }, line.name)),
    el("li", {}, "UTC"),
  ].flat();
  const isDrawn = lines.some(line => line.points.some(point => typeof point.value === "number"));
  return figure(block, legend, isDrawn ? plot => option(plot, block, foreground, context) : null, "No data in this window");
};

const option = (plot, block, foreground, context) => {
  const color = colors(plot);
  const font = getComputedStyle(plot).fontFamily;
  const values = block.series.flatMap(line => line.points.map(point => point.value)).filter(value => typeof value === "number");
  const ends = (block.band?.points ?? []).filter(isKnown).map(point => point.high);
  const all = [...values, ...ends, ...(typeof block.threshold === "number" ? [block.threshold] : [])];
  const text = { color: color("--muted"), fontFamily: font, fontSize: 11.5 };
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: font },
    grid: { left: 4, right: 14, top: 28, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "time", axisLine: { lineStyle: { color: color("--line-strong") } }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { ...text, margin: 10, hideOverlap: true, formatter: { year: "{yyyy}", month: "{d} {MMM}", day: "{d} {MMM}", hour: "{HH}:{mm}", minute: "{HH}:{mm}", second: "{HH}:{mm}:{ss}" } },
      axisPointer: { lineStyle: { color: color("--muted"), type: "solid", width: 1 }, label: { show: false } },
    },
    yAxis: {
      type: "value", name: `${block.unit}`, nameTextStyle: { ...text, align: "left", padding: 0 }, nameGap: 12, nameLocation: "end",
      max: all.length && Math.max(...all) > 0 ? undefined : 1, scale: false, splitNumber: 4,
      axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...text, formatter: short }, splitLine: { lineStyle: { color: color("--line") } },
    },
    tooltip: {
      trigger: "axis", confine: true, padding: 0, borderWidth: 0, transitionDuration: 0, backgroundColor: "transparent", extraCssText: "box-shadow: none",
      formatter: items => tip(items, block, foreground),
    },
    series: [
      ...band(block, color),
      ...context.map(line => ({ ...plain(line), symbol: line.points.length === 1 ? "circle" : "none", lineStyle: { color: color("--series-context"), width: 1 }, itemStyle: { color: color("--series-context") }, z: 2, silent: true })),
      ...foreground.map((line, index) => {
        const ink = color(palette[index % palette.length]);
        return { ...plain(line), lineStyle: { color: ink, width: 2, type: index < palette.length ? "solid" : "dashed" }, itemStyle: { color: ink }, z: 3, ...(index === 0 ? marks(block, color, font, all) : {}) };
      }),
    ],
  };
};

const isKnown = point => typeof point.low === "number" && typeof point.high === "number";

// An area between two lines that are stacked and not drawn themselves. Their ids tell them from series that telemetry named.
const band = (block, color) => {
  if (!block.band) return [];
  const line = (id, value, more) => ({
    type: "line", id, name: block.band.name, stack: "band", stackStrategy: "all", symbol: "none", silent: true, connectNulls: false, z: 1, emphasis: { disabled: true }, lineStyle: { width: 0 }, ...more,
    data: block.band.points.map(point => [Date.parse(point.at), isKnown(point) ? value(point) : null]),
  });
  return [
    line("band-low", point => point.low, {}),
    line("band-high", point => point.high - point.low, { areaStyle: { color: color("--series-band"), opacity: 1 }, lineStyle: { color: color("--series-band"), width: 1 } }),
  ];
};

const plain = line => ({
  type: "line", name: line.name, symbol: "circle", symbolSize: 5, connectNulls: false, emphasis: { disabled: true },
  showSymbol: line.points.length === 1,
  data: line.points.map(point => [Date.parse(point.at), typeof point.value === "number" ? point.value : null]),
});

const marks = (block, color, font, all) => ({
  markLine: typeof block.threshold !== "number" ? undefined : {
    silent: true, symbol: "none", animation: false,
    lineStyle: { color: color("--danger"), type: [5, 4], width: 1.2 },
    label: { position: "insideStartTop", formatter: () => `threshold ${number(block.threshold)} ${block.unit}`, color: color("--danger"), fontFamily: font, fontSize: 11.5 },
    data: [{ yAxis: block.threshold }],
  },
  markArea: !block.highlight ? undefined : {
    silent: true, animation: false,
    itemStyle: { color: color("--highlight") },
    label: { position: "insideTopLeft", formatter: () => block.highlight.label, color: color("--highlight-ink"), fontFamily: font, fontSize: 11.5, fontWeight: 500 },
    data: [[{ xAxis: Date.parse(block.highlight.from) }, { xAxis: Date.parse(block.highlight.to) }]],
  },
});

// Elements, not markup: a series may be named by telemetry.
const tip = (items, block, foreground) => {
  const own = new Set(foreground.map(line => line.name));
  const shown = items.filter(item => typeof item.value[1] === "number" && !`${item.seriesId}`.startsWith("band-"));
  const usual = block.band?.points.find(point => isKnown(point) && Date.parse(point.at) === items[0].value[0]);
  const rows = [...shown.filter(item => own.has(item.seriesName)), ...shown.filter(item => !own.has(item.seriesName)).sort((a, b) => b.value[1] - a.value[1])].slice(0, 8);
  return el("div", { class: "tip" },
    el("p", { class: "tip-time" }, `${new Date(items[0].value[0]).toISOString().slice(0, 16).replace("T", " ")} UTC`),
    el("dl", {}, rows.map(item => {
      const index = foreground.findIndex(line => line.name === item.seriesName);
      return [el("dt", { class: index < 0 ? "key key-context" : `key key-${index % palette.length + 1}` }, item.seriesName), el("dd", {}, `${number(item.value[1])} ${block.unit}`)];
    }).flat(),
    usual && [el("dt", { class: "key key-band" }, block.band.name), el("dd", {}, `${number(usual.low)} to ${number(usual.high)} ${block.unit}`)]));
};
