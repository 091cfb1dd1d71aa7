import { el } from "./dom.js";

const palette = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5", "--series-6"];
const live = new Map(); // element -> draw again

// The library is 1 MB: it is fetched when the first chart is there.
let library;
const echarts = () => library ??= new Promise((resolve, reject) => {
  const script = el("script", { src: "/assets/echarts.js" });
  script.addEventListener("load", () => window.echarts ? resolve(window.echarts) : reject(new Error("No chart library.")));
  script.addEventListener("error", () => reject(new Error("No chart library.")));
  document.head.append(script);
});

export const chart = block => {
  const lines = block.series ?? [];
  const foreground = lines.filter(line => !line.isContext);
  const context = lines.filter(line => line.isContext);
  const plot = el("div", { class: "plot", role: "img", "aria-label": block.alternativeText });
  const figure = el("figure", { class: "block chart" },
    el("figcaption", { class: "chart-head" },
      el("span", { class: "block-title" }, block.title),
      el("ul", { class: "legend" },
        foreground.map((line, index) => el("li", { class: `key key-${index % palette.length + 1}` }, line.name)),
        context.length > 2 ? el("li", { class: "key key-context" }, `${context.length} others`) : context.map(line => el("li", { class: "key key-context" }, line.name)),
        el("li", {}, "UTC"))),
    plot);
  if (!lines.some(line => line.points.some(point => typeof point.value === "number"))) {
    plot.classList.add("plot-empty");
    plot.textContent = "No data in this window";
  } else {
    draw(plot, block, foreground, context);
  }
  return figure;
};

// Charts below an element that leaves the page.
export const forget = root => {
  for (const plot of root.querySelectorAll(".plot")) {
    live.get(plot)?.dispose();
    live.delete(plot);
  }
};

addEventListener("themechange", () => { for (const entry of live.values()) entry.draw(); });

const draw = async (plot, block, foreground, context) => {
  let engine;
  try {
    engine = await echarts();
  } catch {
    plot.classList.add("plot-empty");
    plot.textContent = block.alternativeText; // said in words where it cannot be drawn
    return;
  }
  const picture = engine.init(plot, null, { renderer: "canvas" });
  const entry = { draw: () => picture.setOption(option(plot, block, foreground, context), true), dispose: () => { sizes.disconnect(); picture.dispose(); } };
  const sizes = new ResizeObserver(() => picture.resize());
  live.set(plot, entry);
  entry.draw();
  sizes.observe(plot);
};

const option = (plot, block, foreground, context) => {
  const color = colors(plot);
  const font = getComputedStyle(plot).fontFamily;
  const values = block.series.flatMap(line => line.points.map(point => point.value)).filter(value => typeof value === "number");
  const all = typeof block.threshold === "number" ? [...values, block.threshold] : values;
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
      ...context.map(line => ({ ...plain(line), symbol: line.points.length === 1 ? "circle" : "none", lineStyle: { color: color("--series-context"), width: 1 }, itemStyle: { color: color("--series-context") }, z: 2, silent: true })),
      ...foreground.map((line, index) => {
        const ink = color(palette[index % palette.length]);
        return { ...plain(line), lineStyle: { color: ink, width: 2 }, itemStyle: { color: ink }, z: 3, ...(index === 0 ? marks(block, color, font, all) : {}) };
      }),
    ],
  };
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
  const shown = items.filter(item => typeof item.value[1] === "number");
  const rows = [...shown.filter(item => own.has(item.seriesName)), ...shown.filter(item => !own.has(item.seriesName)).sort((a, b) => b.value[1] - a.value[1])].slice(0, 8);
  return el("div", { class: "tip" },
    el("p", { class: "tip-time" }, `${new Date(items[0].value[0]).toISOString().slice(0, 16).replace("T", " ")} UTC`),
    el("dl", {}, rows.map(item => {
      const index = foreground.findIndex(line => line.name === item.seriesName);
      return [el("dt", { class: index < 0 ? "key key-context" : `key key-${index % palette.length + 1}` }, item.seriesName), el("dd", {}, `${number(item.value[1])} ${block.unit}`)];
    }).flat()));
};

// A custom property may say light-dark(…): the browser resolves it on a real element.
const colors = plot => name => {
  const probe = el("i", { hidden: true });
  probe.style.color = `var(${name})`;
  plot.after(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
};

const number = value => Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(4)));
const short = value => Math.abs(value) >= 1e6 ? `${+(value / 1e6).toFixed(2)}M` : Math.abs(value) >= 1e4 ? `${+(value / 1e3).toFixed(1)}k` : value.toLocaleString("en");
