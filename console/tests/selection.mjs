// What the selection page does beyond its scores: trends, candidates, matches, backtest. Driven by browser.mjs.
import { readFileSync } from "node:fs";

export async function selectionCases({ scenario, page, origin, open, prefer, post, expect, accessible, look }) {
  const inBoth = async (hash, name) => {
    for (const [language, theme] of [["zh", "dark"], ["en", "light"]]) {
      await prefer(language, theme);
      await open(hash);
      await accessible();
      await look(`${name}-${language}`);
    }
  };
  const saved = async (button) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".chart-tools >> text=" + button).first().click()]);
    return readFileSync(await file.path());
  };
  const give = (name, buffer) => page.locator("input[type=file]").first().setInputFiles([{ name, mimeType: "text/csv", buffer }]);

  await scenario("trends are shown as chart and table, rising or falling", async () => {
    const found = await (await post("selection/trends", { direction: "both" })).json();
    const rising = found.trends.filter((one) => one.after > one.before).length;
    expect(rising > 0 && rising < found.trends.length, `of ${found.trends.length} trends ${rising} rise`);
    await open("selection/trends");
    expect((await page.locator(".panel-table tbody tr").first().textContent()).startsWith("lighting category"), "the lamps that came do not rise most surely");
    expect((await page.locator(".panel-table tbody tr").count()) === rising, "the table has not what rises");
    await page.locator("label", { hasText: "Both" }).click();
    await page.waitForFunction((count) => document.querySelectorAll(".panel-table tbody tr").length === count, found.trends.length);
    const q = await page.locator(".panel-table tbody td:nth-child(6)").allTextContents();
    expect(q.every((one) => /^(< 0\.001|0\.\d{3})$/.test(one)), `q-values are ${q.slice(0, 3)}`);
    await page.waitForSelector(".chart canvas");
    const csv = (await saved("CSV")).toString();
    expect(csv.startsWith("\ufeffKind,Group,Since,") && csv.trim().split("\n").length === found.trends.length + 1, `the CSV is ${csv.slice(0, 80)}`);
    expect((await saved("PNG")).subarray(1, 4).toString() === "PNG", "the picture is no PNG");
    await page.locator("label", { hasText: "Falling" }).click();
    await page.waitForFunction((count) => document.querySelectorAll(".panel-table tbody tr").length === count, found.trends.length - rising);
    const sides = await page.locator(".panel-table tbody tr").evaluateAll((rows) => rows.map((row) => [2, 3].map((at) => parseFloat(row.cells[at].textContent))));
    expect(sides.every(([before, after]) => after <= before), "what rises is among what falls");
    await inBoth("selection/trends?direction=both", "selection-trends-found");
  });

  await scenario("a catalogue of this computer is ranked with intervals and reasons", async () => {
    await open("selection/candidates");
    await give("wrong.csv", Buffer.from("name,price\nlamp,1\n"));
    await page.waitForSelector('text=wrong.csv has no column for titles');
    const { items } = await (await post("items/search", { limit: 3 })).json();
    // As a Chinese spreadsheet program writes it: GB 18030, semicolons. 标题;价格
    const header = Buffer.from([0xb1, 0xea, 0xcc, 0xe2, 0x3b, 0xbc, 0xdb, 0xb8, 0xf1]);
    const lines = [`"${items[0].title}; large";12.50`, `${items[1].title} new;8`, "something else;", ";", "free thing;0"];
    await give("catalogue.csv", Buffer.concat([header, Buffer.from(`\r\n${lines.join("\r\n")}\r\n`)]));
    await page.waitForSelector("text=catalogue.csv: 5 rows, 3 ranked, 2 doubtful.", { timeout: 60_000 });
    const titles = await page.locator("section.scores tbody td:nth-child(2)").allTextContents();
    expect(titles.map((one) => one.trim()).includes(`${items[0].title}; large`), `the titles are ${titles}`);
    const reasons = await page.locator("section.scores .reasons").allTextContents();
    expect(reasons.length === 3 && reasons.every((one) => one.startsWith("Expected above")), `the reasons are ${reasons}`);
    expect(/–/.test(await page.locator("section.scores tbody td:nth-child(6)").first().textContent()), "there is no interval");
    await page.waitForSelector("text=It has neither title nor category.");
    await page.waitForSelector(".chart canvas");
    const csv = (await saved("CSV")).toString();
    expect(csv.startsWith("\ufeffPlace,Title,") && csv.trim().split("\n").length === 4, `the CSV is ${csv.slice(0, 80)}`);
    await page.locator("button", { hasText: "Test it on the shop's past" }).click();
    await page.waitForSelector("text=items were held back", { timeout: 60_000 });
    const hash = await page.evaluate(() => location.hash.slice(2));
    await inBoth(hash, "selection-candidates-ranked");
    await page.evaluate(() => document.querySelector("#content").scrollTo(0, 1e6));
    await look("selection-candidates-proof");
  });

  await scenario("doubtful matches are judged by keys, the own item beside the offer", async () => {
    const { items } = await (await post("items/search", { limit: 200 })).json();
    const offers = [...new Set(items.map((one) => one.title.replace(/ \d+$/, "")))].slice(0, 3); // "black lamp" of "black lamp 2"
    await open("selection/matches");
    await page.locator("summary").click();
    expect(await page.locator("button", { hasText: "Choose a CSV file" }).isDisabled(), "a listing can be given without its competitor");
    await page.locator(".new-listing label", { hasText: "Competitor" }).locator("input").fill("acme");
    // The right titles, less a word, at prices out of all proportion: likely, but a person has to say.
    await give("listing.csv", Buffer.from(`title,price\n${offers.map((one) => `"${one}",98765`).join("\n")}\nnothing like it here,3\n`));
    await page.waitForSelector("text=3 wait below", { timeout: 60_000 });
    await page.waitForFunction(() => document.querySelectorAll(".match").length === 3);
    await page.locator(".match").first().click({ position: { x: 4, y: 4 } }); // away from the field that was typed into
    const marked = () => page.locator(".match.opened p:nth-child(2)").first().textContent();
    const shown = await page.locator(".match > div:first-child p:nth-child(2)").allTextContents();
    expect(await page.locator(".match.opened a").textContent().then((id) => items.some((one) => one.item_id === id)), "the own item is not beside it");
    const differing = await page.locator(".match mark").allTextContents();
    expect(differing.length === 3 && differing.every((one) => /^\d+$/.test(one)), `what the offers lack is not marked: ${differing}`);
    expect(/times the own price/.test(await page.locator(".match.opened").textContent()), "the prices are not compared");
    await page.keyboard.press("j");
    expect((await marked()) === shown[1], "j does not go down");
    await look("selection-matches-queue");
    await page.keyboard.press("y");
    await page.waitForSelector(`text=Accepted: ${shown[1]}`);
    expect((await marked()) === shown[2], "the next is not marked");
    await page.keyboard.press("k");
    expect((await marked()) === shown[0], "k does not go up");
    await page.keyboard.press("n");
    await page.waitForSelector(`text=Refused: ${shown[0]}`);
    const left = await (await post("selection/waiting_matches", {})).json();
    expect(left.waiting === 1 && left.matches[0].title === shown[2], `${left.waiting} wait`);
    await inBoth("selection/matches", "selection-matches-one");
    await page.setViewportSize({ width: 390, height: 844 });
    await look("selection-matches-390");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide <= 0, `a match is ${wide} px wider than the screen`);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.locator(".match button", { hasText: "Same item" }).first().click();
    await page.waitForSelector("text=No match waits.");
    // What was said stands for the next listing.
    const again = await page.context().request.post(`${origin}/v1/selection/match`, { data: { competitor: "acme", day: "2026-01-02", rows: offers.map((title) => ({ title, price: 98765 })) }, headers: { "X-Suanpan": "1", Origin: origin } });
    const { id } = await again.json();
    let run;
    do run = await (await page.context().request.get(`${origin}/v1/runs/${id}`)).json();
    while (!["done", "failed"].includes(run.state));
    expect(run.reply?.reviewed === 3 && run.reply.waiting === 0, `of three judged offers ${JSON.stringify(run.reply ?? run.error)}`);
    // The latest first; what is taken back waits again.
    await open("selection/matches");
    const judged = page.locator(".panel-table tbody tr");
    await judged.first().waitFor();
    expect((await judged.count()) === 3 && (await judged.first().textContent()).startsWith(shown[2]), `${await judged.count()} are judged`);
    await judged.first().locator("button", { hasText: "Take back" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".match").length === 1 && document.querySelectorAll(".panel-table tbody tr").length === 2);
    expect((await page.locator(".match > div:first-child p:nth-child(2)").textContent()) === shown[2], "another match waits");
    await inBoth("selection/matches", "selection-matches-judged");
  });

  await scenario("a backtest is watched and shown with its intervals", async () => {
    await open("selection/backtest");
    await page.waitForSelector("text=No backtest was run since the server was started.");
    await page.locator(".asking label", { hasText: "Mornings" }).locator("input").fill("1"); // each takes most of a minute on a busy machine
    await page.locator(".asking label", { hasText: "Lengths of lists" }).locator("input").fill("10,20");
    await page.locator("button", { hasText: "Run a backtest" }).click();
    await page.waitForSelector(".ant-progress");
    await look("selection-backtest-running");
    await page.waitForSelector(".chart canvas", { timeout: 240_000 });
    const rows = await page.locator(".panel-table tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    expect(rows.length >= 14 && rows.filter((row) => row[0] === "10").length === rows.length / 2, `the table has ${rows.length} rows`);
    expect(rows.every((row) => row.slice(2, 5).every((cell) => /^\d+% \d+% – \d+%$/.test(cell))), `a row is ${rows[0]}`);
    await page.locator("label", { hasText: "Profit captured" }).click();
    await page.locator("label", { hasText: "Top 20" }).click();
    await page.waitForSelector("text=Profit captured of the top 20");
    const csv = (await saved("CSV")).toString();
    expect(csv.startsWith("\ufeffMethod,Top,Precision,") && csv.trim().split("\n").length === rows.length + 1, `the CSV is ${csv.slice(0, 80)}`);
    await inBoth("selection/backtest", "selection-backtest-done"); // without the run's id: the newest one is shown
    expect((await page.locator(".panel-table tbody tr").count()) === rows.length, "the newest run is not found again");
  });
}
