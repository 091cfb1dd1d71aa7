import { el } from "./dom.js";

const live = new Map(); // element -> draw again

// The library is 1 MB: it is fetched when the first chart is there.
let library;
const echarts = () => library ??= new Promise((resolve, reject) => {
  const script = el("script", { src: "/assets/echarts.js" });
  script.addEventListener("load", () => window.echarts ? resolve(window.echarts) : reject(new Error("No chart library.")));
  script.addEventListener("error", () => reject(new Error("No chart library.")));
  document.head.append(script);
});

// A figure with its head and a picture that says in words what it shows. `option(plot)` makes what the library draws; null: there is nothing, and `empty` says so.
export const figure = (block, legend, option, empty) => {
  const plot = el("div", { class: "plot", role: "img", "aria-label": block.alternativeText });
  const whole = el("figure", { class: "block chart" },
    el("figcaption", { class: "chart-head" }, el("span", { class: "block-title" }, block.title), el("ul", { class: "legend" }, legend)),
    plot);
  if (option) {
    draw(plot, block, option);
  } else {
    plot.classList.add("plot-empty");
    plot.textContent = empty;
  }
  return whole;
};

// Charts below an element that leaves the page.
export const forget = root => {
  for (const plot of root.querySelectorAll(".plot")) {
    live.get(plot)?.dispose();
    live.delete(plot);
  }
};

addEventListener("themechange", () => { for (const entry of live.values()) entry.draw(); });

const draw = async (plot, block, option) => {
  let engine;
  try {
    engine = await echarts();
  } catch {
    plot.classList.add("plot-empty");
    plot.textContent = block.alternativeText; // said in words where it cannot be drawn
    return;
  }
  const picture = engine.init(plot, null, { renderer: "canvas" });
  const entry = { draw: () => picture.setOption(option(plot), true), dispose: () => { sizes.disconnect(); picture.dispose(); } };
  const sizes = new ResizeObserver(() => { picture.resize(); entry.draw(); });
  live.set(plot, entry);
  entry.draw();
  sizes.observe(plot);
};

// A custom property may say light-dark(…): the browser resolves it on a real element.
export const colors = plot => name => {
  const probe = el("i", { hidden: true });
  probe.style.color = `var(${name})`;
  plot.after(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
};

export const number = value => Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(4)));
export const short = value => Math.abs(value) >= 1e6 ? `${+(value / 1e6).toFixed(2)}M` : Math.abs(value) >= 1e4 ? `${+(value / 1e3).toFixed(1)}k` : value.toLocaleString("en");
