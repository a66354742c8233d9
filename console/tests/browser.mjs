// Drives the console in Chromium and prints one JSON line a case: {"name", "problems": [...]}. Started by tests/console_test.py.
// usage: browser.mjs CHROMIUM LOGIN_URL [SCREENSHOTS]
import { readFileSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, loginUrl, screenshots] = process.argv.slice(2);
const { origin } = new URL(loginUrl);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = ["today", "decisions", "items", "data", "data/tables", "data/quarantine", "data/features", "jobs", "models", "settings"];

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
let problems = [];
page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(`console: ${message.text().slice(0, 300)}`));
page.on("pageerror", (error) => problems.push(`page error: ${String(error).slice(0, 300)}`));
page.on("request", (request) => /^(https?|wss?):/.test(request.url()) && !request.url().startsWith(origin) && problems.push(`asked another host: ${request.url()}`));

async function scenario(name, work) {
  problems = [];
  try {
    await work();
  } catch (error) {
    problems.push(String(error.message ?? error).slice(0, 600));
    if (screenshots) await page.screenshot({ path: `${screenshots}/failed-${name.replaceAll(/\W+/g, "-")}.png` }).catch(() => {});
  }
  console.log(JSON.stringify({ name, problems }));
}

const expect = (holds, what) => {
  if (!holds) throw new Error(what);
};

async function prefer(language, theme) {
  await page.evaluate(([l, t]) => (localStorage.setItem("suanpan.language", l), localStorage.setItem("suanpan.theme", t)), [language, theme]);
}

// Loads the page anew, so that preferences count, and waits until nothing loads any more.
async function open(hash) {
  await page.goto(`${origin}/?${Math.random()}#/${hash}`);
  await page.waitForSelector("nav a");
  await settled();
}

async function settled() {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton-active"), undefined, { timeout: 20_000 });
}

async function accessible() {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
  for (const one of violations) problems.push(`axe ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 140)} [${node.any[0]?.message ?? ""}]`).join(" | ")}`);
}

async function look(name) {
  if (screenshots) await page.screenshot({ path: `${screenshots}/${name.replaceAll("/", "-")}.png` });
}

await scenario("nobody sees anything without a login", async () => {
  await page.goto(origin);
  await page.waitForSelector(".welcome");
  expect(!(await page.textContent("body")).includes("SKU"), "the page shows items");
  problems = problems.filter((one) => !one.includes("401"));
});

await scenario("the login link logs in", async () => {
  await page.goto(loginUrl);
  await page.waitForSelector("nav a");
  expect(!page.url().includes("token"), "the token stays in the address");
});

for (const [language, theme, width] of [["en", "light", 1280], ["zh", "dark", 1280], ["zh", "light", 390], ["en", "dark", 390]]) {
  await scenario(`every page in ${language}, ${theme}, ${width} wide`, async () => {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
    await prefer(language, theme);
    const first = await context.request.get(`${origin}/v1/decisions/list?state=pending&limit=1`);
    const { id, subject } = (await first.json()).decisions[0];
    for (const hash of [...pages, `decisions/${id}`, `items/${subject.slice(5)}`]) {
      await open(hash);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) problems.push(`${hash} is ${wide} px wider than the screen`);
      if (await page.locator(".failure").count()) problems.push(`${hash}: ${await page.locator(".failure").first().textContent()}`);
      const before = problems.length;
      await accessible();
      problems = problems.map((one, i) => (i >= before ? `${hash}: ${one}` : one));
      await look(`${hash.replace(id, "one").replace(subject.slice(5), "one")}-${language}-${theme}-${width}`);
    }
  });
}

await page.setViewportSize({ width: 1280, height: 800 });
await prefer("en", "light");

await scenario("keys move, mark and approve; carrying out writes the file", async () => {
  await open("decisions");
  await page.keyboard.press("?");
  await page.waitForSelector("dl.keys");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dl.keys", { state: "hidden" });
  for (const key of ["j", "x", "j", "x", "j", "k", "k"]) await page.keyboard.press(key);
  await page.waitForSelector(".row.opened");
  expect((await page.locator(".decisions input:checked").count()) === 2, "two are not marked");
  const approved = await page.locator(".row:has(input:checked)").evaluateAll((rows) => rows.map((row) => row.dataset.id));
  await page.keyboard.press("a");
  await page.locator(".ant-modal .ant-btn-primary").click();
  await page.waitForSelector("text=2 approved.");
  await page.locator("text=Carry out now").click();
  await page.waitForSelector(".banner code.file");
  console.log(JSON.stringify({ approved, file: await page.locator(".banner code.file").first().textContent() }));
});

await scenario("a rejection needs a reason", async () => {
  await open("decisions");
  const before = await page.locator(".row").first().getAttribute("data-id");
  await page.locator(".row-main").first().click();
  await page.keyboard.press("r");
  await page.waitForSelector(".ant-modal textarea");
  expect(await page.locator(".ant-modal .ant-btn-primary").isDisabled(), "it can be rejected without a reason");
  await page.locator(".ant-modal textarea").fill("the supplier is closed");
  await page.locator(".ant-modal .ant-btn-primary").click();
  await page.waitForSelector("text=1 rejected.");
  await open(`decisions/${before}?state=all`);
  expect((await page.locator(".history").textContent()).includes("the supplier is closed"), "the history does not tell the reason");
});

await scenario("typing finds an item and its page", async () => {
  await open("items");
  await page.keyboard.type("SKU0010");
  await page.locator("td a", { hasText: "SKU00100" }).click();
  await page.waitForSelector(".chart canvas");
  const [csv] = await Promise.all([page.waitForEvent("download"), page.locator(".chart-tools >> text=CSV").first().click()]);
  const text = readFileSync(await csv.path(), "utf8");
  expect(/^\ufeffWeek,Units sold,Forecast/.test(text) && text.split("\n").length > 50, `the CSV is ${text.slice(0, 80)}`);
  const [png] = await Promise.all([page.waitForEvent("download"), page.locator(".chart-tools >> text=PNG").first().click()]);
  expect(readFileSync(await png.path()).subarray(1, 4).toString() === "PNG", "the picture is no PNG");
});

await scenario("a job is watched to its end", async () => {
  await open("jobs");
  await page.locator("text=Run the daily loop now").click();
  await page.locator(".run", { hasText: "jobs.daily" }).locator("text=Done").waitFor({ timeout: 60_000 });
});

await scenario("a view is saved and found again", async () => {
  await open("decisions?sort=value");
  await page.locator("button", { hasText: "Views" }).click();
  await page.locator("text=Save this view").click();
  await page.locator(".ant-modal input").fill("dearest");
  await page.keyboard.press("Enter");
  await open("decisions");
  await page.locator("button", { hasText: "Views" }).click();
  await page.locator(".ant-dropdown-menu-item", { hasText: "dearest" }).click();
  await page.waitForFunction(() => location.hash.includes("sort=value"));
});

await scenario("it works below a path prefix", async () => {
  const { hostname, port } = new URL(origin);
  const proxy = createServer((request, reply) => {
    if (!request.url.startsWith("/shop/")) return reply.writeHead(404).end();
    const onward = forward({ hostname, port, path: request.url.slice(5), method: request.method, headers: request.headers }, (answer) => answer.pipe(reply.writeHead(answer.statusCode, answer.headers)));
    request.pipe(onward);
  });
  await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
  await page.goto(`http://127.0.0.1:${proxy.address().port}/shop/#/decisions`);
  await page.waitForSelector(".row");
  problems = problems.filter((one) => !one.startsWith("asked another host"));
  proxy.close();
});

await scenario("logging out ends the session", async () => {
  await open("today");
  await page.locator("text=Log out").click();
  await page.waitForSelector(".welcome");
  problems = problems.filter((one) => !one.includes("401"));
});

await browser.close();
process.exit(0);
