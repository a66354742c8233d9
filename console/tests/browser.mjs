// Drives the console in Chromium and prints one JSON line a case: {"name", "problems": [...]}. Started by tests/console_test.py.
// usage: browser.mjs CHROMIUM LOGIN_URL [SCREENSHOTS]; SUANPAN_SCENARIO=WORDS drives only the cases whose names hold these words
import { readFileSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { createRequire } from "node:module";
import { chromium, request } from "playwright-core";
import { selectionCases } from "./selection.mjs";

const [executablePath, loginUrl, screenshots] = process.argv.slice(2);
const { origin } = new URL(loginUrl);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = ["today", "decisions", "items", "demand", "data", "data/tables", "data/quarantine", "data/features", "label", "jobs", "models", "selection", "selection/trends", "selection/candidates", "selection/matches", "selection/backtest", "settings"];

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
let problems = [];
page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(`console: ${message.text().slice(0, 300)}`));
page.on("pageerror", (error) => problems.push(`page error: ${String(error).slice(0, 300)}`));
page.on("request", (request) => /^(https?|wss?):/.test(request.url()) && !request.url().startsWith(origin) && problems.push(`asked another host: ${request.url()}`));

const only = process.env.SUANPAN_SCENARIO ?? "";

async function scenario(name, work) {
  if (!name.includes(only) && !name.includes("the login link")) return;
  problems = [];
  try {
    await work();
  } catch (error) {
    problems.push(String(error.message ?? error).slice(0, 600));
    if (screenshots) await page.screenshot({ path: `${screenshots}/failed-${name.replaceAll(/\W+/g, "-")}.png` }).catch(() => {});
  }
  console.log(JSON.stringify({ name, problems }));
}

// As the page itself would: with its session and the header that no other site can set.
const post = (path, data) => context.request.post(`${origin}/v1/${path}`, { data, headers: { "X-Suanpan": "1", Origin: origin } });
const other = await request.newContext();

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
      if (width > 600 || !process.env.SUANPAN_FAST) await accessible();
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

await scenario("the selection is filtered, explained and planned anew", async () => {
  await open("selection");
  const verdicts = () => page.locator("section.scores tbody td:nth-child(3)").allTextContents();
  expect((await verdicts())[0] === "Push", "the best item is not pushed");
  await page.locator(".verdicts label", { hasText: "Keep" }).click();
  await page.waitForFunction(() => document.querySelector("section.scores tbody td:nth-child(3)")?.textContent === "Keep");
  expect((await verdicts()).every((one) => one === "Keep"), "other verdicts are shown, too");
  await page.locator("section.scores >> text=Show more").click();
  await page.waitForFunction(() => document.querySelectorAll("section.scores tbody tr").length > 25);
  await page.locator("section.scores tbody button").first().click();
  await page.waitForSelector(".ant-modal >> text=Items like it");
  await page.keyboard.press("Escape");
  await page.locator(".what-if input").first().fill("100");
  await page.waitForSelector("text=Would lose theirs");
  await look("selection-planned");
});

await selectionCases({ scenario, page, origin, open, prefer, post, expect, accessible, look });

await scenario("a job is watched to its end", async () => {
  await open("jobs");
  await page.locator("text=Run the daily loop now").click();
  await page.locator(".run", { hasText: "jobs.daily" }).locator("text=Done").waitFor({ timeout: 60_000 });
  const run = page.locator(".run", { hasText: "jobs.daily" }).first();
  if (!(await run.locator(".lines").count())) await run.locator("button", { hasText: "Log" }).click();
  await run.locator(".lines li", { hasText: "forecast" }).first().waitFor();
  await look("jobs-log");
});

await scenario("a schedule is set and shown", async () => {
  await open("jobs");
  await page.locator(".schedule-form input").nth(1).fill("daily at 05:30");
  await page.keyboard.press("Enter");
  const row = page.locator("tr", { hasText: "jobs.daily" }).first();
  await page.waitForFunction(() => [...document.querySelectorAll("tr input")].some((one) => one.value === "daily at 05:30"));
  expect(/05:30/.test(await row.locator("td").nth(2).textContent()), `the next time is ${await row.locator("td").nth(2).textContent()}`);
  const unknown = await post("jobs/set_schedule", { operation: "no.such", schedule: "daily at 05:30" });
  expect(unknown.status() === 404, `an unknown operation is answered with ${unknown.status()}`);
});

await scenario("a planner puts a number beside the model's and withdraws it", async () => {
  await open("items");
  await page.locator("td a").first().click();
  await page.locator("button", { hasText: "Put a number" }).click();
  const form = page.locator(".ant-modal .form");
  await form.locator("input").first().fill("120");
  await form.locator("textarea").fill("a fair in town");
  await look("item-override");
  await page.locator(".ant-modal .ant-btn-primary").click();
  const row = page.locator("tr", { hasText: "a fair in town" });
  await row.waitFor();
  expect(/120 units/.test(await row.textContent()), `the row says ${await row.textContent()}`);
  await page.locator("tr", { hasText: "what a planner changed" }).waitFor(); // among the parts of the forecast
  await look("item-why");
  await row.locator("button").click();
  await page.locator(".ant-popconfirm .ant-btn-primary").click();
  await page.waitForSelector("text=withdrawn on");
});

await scenario("an admin sets what is approved by itself, with a reason", async () => {
  await open("settings");
  await page.locator("tr", { hasText: "stock" }).or(page.locator("tr", { hasText: "rder" })).first().locator("button").click();
  const form = page.locator(".ant-modal .form");
  await form.locator("input").first().fill("25");
  await form.locator("input").nth(1).fill("200");
  const save = page.locator(".ant-modal .ant-btn-primary");
  expect(await save.isDisabled(), "it can be saved without a reason");
  await form.locator("textarea").fill("small orders went well");
  await look("settings-policy");
  await save.click();
  await page.waitForSelector("text=small orders went well", { state: "hidden" });
  await page.waitForFunction(() => [...document.querySelectorAll("td span[title]")].some((one) => one.title === "small orders went well"));
  const refused = await post("decisions/set_policy", { kind: "no.such", approve_below: 1, daily_limit: 1, reason: "x" });
  expect(refused.status() === 404, `an unknown kind is answered with ${refused.status()}`);
});

await scenario("an admin finds an option, changes it with a reason, and puts it back", async () => {
  await open("settings");
  await page.locator('input[aria-label="Find an option"]').fill("longest cover");
  const row = page.locator("#settings-guardrails tr", { hasText: "Longest cover" });
  await row.locator("button").click();
  const modal = page.locator(".ant-modal");
  await modal.locator("input").first().fill("120");
  expect(await modal.locator(".ant-btn-primary").isDisabled(), "it can be saved without a reason");
  await modal.locator("textarea").fill("the store room is full");
  await look("settings-option");
  await modal.locator(".ant-btn-primary").click();
  await page.waitForFunction(() => /120 days/.test(document.querySelector("#settings-guardrails").textContent));
  const stale = await post("settings/set", { option: "stock.largest_cover_days", value: "0", reason: "x" });
  expect(stale.status() === 400, `a value out of range is answered with ${stale.status()}`);
  await row.locator("button").click();
  await modal.locator("textarea").fill("there is room again");
  await modal.locator("button", { hasText: "Back to the file" }).click();
  await page.waitForFunction(() => /180 days/.test(document.querySelector("#settings-guardrails strong").textContent));
  await page.waitForSelector("text=there is room again");
  await look("settings-changed");
});

await scenario("ten texts are labelled by keys, by two people, and what they disagree on is settled", async () => {
  await open("label");
  await page.locator("text=New label set").click();
  const form = page.locator(".ant-modal .form");
  await form.locator("input").first().fill("reviews");
  await form.locator("textarea").first().fill("good\nbad");
  await form.locator("input[role=spinbutton]").fill("2");
  await form.locator("text=Show the first guess").click();
  await page.locator(".ant-modal .ant-btn-primary").click();
  await page.waitForFunction(() => location.hash === "#/label/reviews/set");
  const texts = Array.from({ length: 10 }, (_, i) => (i < 5 ? `lovely thing ${i}` : `broken thing ${i}`));
  await page.locator("textarea").first().fill(texts.join("\n"));
  await page.locator("button", { hasText: /^Add$/ }).click();
  await page.waitForSelector("text=10 added, 0 were there, 0 refused.");
  await page.getByLabel("Regular expression").fill("lovely");
  await page.locator("text=Add rule").click();
  await page.locator("button", { hasText: "Apply" }).click();
  await page.waitForSelector("text=5 of 10 tasks have a first guess.");
  await page.locator("[role=tab]", { hasText: /^Label$/ }).click();
  for (let done = 0; done < 10; ++done) {
    await page.waitForSelector(`text=${done} labelled now`);
    const shown = await page.locator(".task-text").textContent();
    const guessed = await page.locator("text=First guess: good").count();
    expect((guessed === 1) === shown.startsWith("lovely"), `the guess of ${shown} is wrong`);
    await page.keyboard.press(guessed ? "Enter" : "2");
  }
  await page.waitForSelector("text=10 labelled now");
  await look("label-work");
  // The second annotator is a program with a key of its own: it says the same of all but one.
  const { key } = await (await post("keys/create", { name: "second", role: "operator" })).json();
  const second = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  const given = await (await other.post(`${origin}/v1/labels/next`, { headers: second, data: { set: "reviews", limit: 10 } })).json();
  const labels = given.tasks.map((task) => ({ task_id: task.task_id, label: task.text.startsWith("lovely") && task.text !== "lovely thing 3" ? "good" : "bad" }));
  await other.post(`${origin}/v1/labels/submit`, { headers: second, data: { set: "reviews", labels } });
  await open("label/reviews/agreement");
  // Both say good to 4 and bad to 5 of ten: observed 0.9, by chance 0.5 * 0.4 + 0.5 * 0.6 = 0.5, so kappa is 0.8.
  const pair = page.locator("table").nth(1).locator("tbody tr");
  expect((await pair.locator("td").nth(4).textContent()) === "0.8", `kappa is ${await pair.locator("td").nth(4).textContent()}`);
  await accessible();
  await look("label-agreement");
  await page.locator("[role=tab]", { hasText: "Conflicts" }).click();
  await page.locator(".conflict", { hasText: "lovely thing 3" }).waitFor();
  expect((await page.locator(".conflict").count()) === 1, "more than one is in conflict");
  await page.locator(".conflict input").fill("the text says so");
  await page.locator(".conflict button", { hasText: "good" }).click();
  await page.waitForSelector("text=Nobody disagrees.");
  await page.locator("text=Settle all that have a majority").click();
  await page.waitForSelector("text=9 settled.");
  await page.locator("[role=tab]", { hasText: "The set" }).click();
  await page.locator("button", { hasText: "Freeze and export" }).click();
  await page.locator(".ant-popconfirm .ant-btn-primary").click();
  await page.waitForSelector("text=10 labels of version 1");
  console.log(JSON.stringify({ labels: await page.locator(".ant-alert-success code.file").textContent() }));
  await accessible();
});

await scenario("pictures are judged, what a model is least sure of first", async () => {
  const png = (colour) => Buffer.from(`iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42m${colour}AAAAASUVORK5CYII=`, "base64");
  await post("labels/create_set", { set: "cups", kind: "picture", classes: ["whole", "broken"] });
  await open("label/cups/set");
  const picture = { mimeType: "image/png", buffer: png("NkYPhfDwAChwGA60e6kg") };
  await page.locator("input[type=file]").setInputFiles([{ name: "sure.png", ...picture }, { name: "unsure.png", mimeType: "image/png", buffer: Buffer.concat([picture.buffer, Buffer.from([0])]) }]);
  await page.waitForSelector("text=2 added, 0 were there, 0 refused.");
  await page.getByLabel("Model and version").fill("eyes 1");
  await page.getByLabel("What a model is unsure of").fill("sure.png, 0.99, 0.01\nunsure.png, 0.52, 0.48");
  await page.getByRole("spinbutton", { name: "Share at random" }).fill("0");
  await page.locator("button", { hasText: "Ask these first" }).click();
  await page.waitForSelector("text=2 tasks are asked in this order.");
  await accessible();
  await look("label-scores");
  await page.locator("[role=tab]", { hasText: /^Label$/ }).click();
  const shown = page.locator("img.task-picture");
  await shown.waitFor();
  expect(await shown.evaluate((image) => image.decode().then(() => image.naturalWidth === 1)), "the picture is not drawn");
  await look("label-picture");
  await page.keyboard.press("2");
  await page.waitForSelector("text=1 labelled now");
  const tasks = await (await post("labels/tasks", { set: "cups" })).json();
  const labelled = tasks.tasks.filter((task) => task.annotations > 0 || task.labels?.length > 0).map((task) => task.task_id);
  expect(labelled.join() === "unsure.png", `what was asked first is ${labelled.join()}: ${JSON.stringify(tasks).slice(0, 300)}`);
});

await scenario("the API page shows every area and tries an operation as who is signed in", async () => {
  await page.goto(`${origin}/docs`);
  await page.locator(".opblock-tag", { hasText: "decisions" }).first().click();
  await page.locator(".opblock-get", { hasText: "/v1/decisions/counts" }).first().click();
  await page.locator(".opblock-get.is-open button.execute").click();
  await page.waitForSelector(".opblock-get.is-open .live-responses-table");
  expect((await page.locator(".live-responses-table tbody .response-col_status").first().textContent()).startsWith("200"), "it is not answered");
  await look("docs");
});

await scenario("a row that was set aside comes back when the mapping is mended", async () => {
  const record = { order: "Q-1", line: "1", placed: "2025-11-03 10:00:00", sku: "SKU00100", quantity: "3 pcs", price: "9.50", discount: "0", customer: "C00001", region: "north", status: "shipped" };
  const pushed = await (await post("data/push", { source: "orders", records: [record] })).json();
  expect(pushed.quarantined === 1, `${pushed.quarantined} were set aside`);
  await open(`data/quarantine?load=${pushed.load_id}`);
  expect((await page.locator(".at-fault dd").textContent()) === "3 pcs", "what is at fault is not marked");
  await page.locator("text=Mend the mapping").click();
  const editor = page.getByRole("textbox", { name: "Mapping" });
  await editor.waitFor();
  const before = await editor.inputValue();
  await editor.fill(before.replace("          quantity: quantity\n", "          quantity: (quantity +\n"));
  await page.locator(".ant-modal button", { hasText: "Check" }).click();
  await page.waitForSelector(".ant-modal .failure");
  expect(await page.locator(".ant-modal .ant-btn-primary").isDisabled(), "a mapping that is wrong can be put in place");
  await look("data-mend");
  await editor.fill(before.replace("          quantity: quantity\n", "          quantity: replace(quantity, ' pcs', '')\n"));
  await page.locator(".ant-modal button", { hasText: "Check" }).click();
  await page.waitForSelector("text=The mapping can be read.");
  await accessible();
  await page.locator(".ant-modal .ant-btn-primary").click();
  await page.waitForSelector(".ant-message-success", { timeout: 60_000 });
  const said = await page.locator(".ant-message-success").textContent();
  expect(/^1 loaded, \d+ still set aside\.$/.test(said), `it says ${said}`); // the shop has some of its own that stay
  await page.waitForSelector("text=Nothing is set aside.");
  problems = problems.filter((one) => !one.includes("400"));
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
