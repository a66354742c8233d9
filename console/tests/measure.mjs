// Measures the console in Chromium and prints one JSON object. Started by bench/console/run.
// usage: measure.mjs CHROMIUM LOGIN_URL SLOWDOWN ROUNDS
import { chromium } from "playwright-core";

const [executablePath, loginUrl, slowdown, rounds] = process.argv.slice(2);
const { origin } = new URL(loginUrl);
const pages = { today: ".number-card", decisions: ".row", items: "td a", "data/quarantine": ".quarantine li", label: ".nothing", jobs: ".page h2", models: "table", selection: ".nothing, .scores", "selection/trends": ".nothing, .panel-table", "selection/candidates": ".nothing", "selection/matches": ".nothing", "selection/backtest": ".nothing", settings: "table" };
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
await context.addInitScript(() => {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((one) => one.startTime + one.duration))).observe({ type: "longtask", buffered: true });
});
const page = await context.newPage();
await page.goto(loginUrl);
await page.waitForSelector("nav a");
const session = await context.newCDPSession(page);
await session.send("Emulation.setCPUThrottlingRate", { rate: Number(slowdown) });
await session.send("Network.enable");

// A first visit: nothing is kept. Usable: what the page is for is shown, and no task of more than 50 ms follows within a second.
async function visit(name, selector) {
  await session.send("Network.clearBrowserCache");
  await page.goto("about:blank");
  await page.goto(`${origin}/#/${name}`);
  await page.waitForSelector(selector, { timeout: 60_000 });
  const shown = await page.evaluate(() => performance.now());
  await page.waitForFunction(() => performance.now() - Math.max(0, ...longTasks) > 1_000, undefined, { polling: 100 });
  return page.evaluate((shown_) => {
    const scripts = performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js"));
    const size = (some) => some.reduce((sum, one) => sum + one.encodedBodySize, 0) / 1000;
    const isChart = (one) => /canvas-/.test(one.name);
    return { shown: shown_, usable: Math.max(shown_, ...longTasks), script: size(scripts.filter((one) => !isChart(one))), charts: size(scripts.filter(isChart)) };
  }, shown);
}

const result = { pages: [], list: {} };
for (const [name, selector] of Object.entries(pages)) {
  const seen = [];
  for (let round = 0; round < Number(rounds); ++round) seen.push(await visit(name, selector));
  const of = (key) => median(seen.map((one) => one[key]));
  result.pages.push({ name, script_kb: of("script"), charts_kb: of("charts"), shown_ms: of("shown"), usable_ms: of("usable") });
}

// From a press to the painted rows of another page; then the longest frame while the list scrolls from its head to its end.
async function turn(press) {
  const before = await page.locator(".row").first().getAttribute("data-id");
  const began = performance.now();
  await press();
  await page.waitForFunction((id) => document.querySelector(".row") && document.querySelector(".row").dataset.id !== id, before);
  return performance.now() - began;
}

await page.goto(`${origin}/#/decisions`);
await page.waitForSelector(".row");
const next = () => page.locator(".pages .ant-pagination-next, .pages button").last().click();
const turns = [];
for (let round = 0; round < Number(rounds); ++round) turns.push(await turn(next));
result.list["next page, slowed down"] = median(turns);
result.list["longest frame while scrolling, slowed down"] = await page.evaluate(async () => {
  const box = document.querySelector(".left");
  let longest = 0;
  let last = performance.now();
  for (let top = 0; top < box.scrollHeight; top += 60) {
    box.scrollTop = top;
    await new Promise(requestAnimationFrame);
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  return longest;
});
await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
for (const sort of ["urgency_value", "value", "deadline"]) {
  const took = [];
  for (let round = 0; round < Number(rounds); ++round) {
    const began = performance.now();
    await context.request.get(`${origin}/v1/decisions/list?state=pending&limit=${50 + round}&sort=${sort}`);
    took.push(performance.now() - began);
  }
  result.list[`server, a page by ${sort}`] = median(took);
}
console.log(JSON.stringify(result));
await browser.close();
process.exit(0);
