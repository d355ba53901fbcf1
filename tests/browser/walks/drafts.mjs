// A statistician asks for proposals, ticks tables by keyboard and orders their draft; the server works; she sees the tables as readers
// will, and so does the approver, who publishes them. All on a telephone, without scripts but for the eyes of `look`.
import { press, shoot, told, walk } from "./lib.mjs";
import { person, until } from "./person.mjs";

const ORDERS = "/admin/statistics/buildorder/";
const RELEASE = `/admin/statistics/release/${told.release}`;

await walk(async (browser) => {
  const found = { faults: [] };
  const [statistician, seenByStatistician] = await person(browser, "demo-statistician");

  await statistician.goto(`${ORDERS}propose/`);
  await statistician.fill("[name=period]", told.period);
  await statistician.selectOption("[name=audience]", "public");
  await press(statistician, "#content form [name=sure]");
  found.asked = await statistician.locator(".messagelist .success").count();
  const answer = statistician.locator("#result_list tbody tr", { hasText: told.period }).first();
  await until(statistician, ORDERS, async () => (await answer.locator(".field-how_far").innerText()).startsWith("ready"));
  await answer.locator("th a").click();
  await seenByStatistician("proposals", found, statistician.url());
  await statistician.click(".object-tools a:not(.historylink)");
  await seenByStatistician("form", found, statistician.url());

  const boxes = statistician.locator("[name=tables]");
  found.json = await statistician.locator("[name=choice]").count();
  found.rows = (await statistician.locator(".field-tables tbody tr").allInnerTexts()).filter((text) => told.tables.some((each) => text.trim().startsWith(each)));
  for (const label of told.tables) await tick(statistician, label);
  found.ticked = await boxes.evaluateAll((all) => all.filter((each) => each.checked).length);
  await shoot(statistician, "ticked");
  await statistician.press("[name=_save]", "Enter");
  await statistician.waitForLoadState();
  await shoot(statistician, "question");
  await statistician.press("[name=sure]", "Enter");
  await statistician.waitForLoadState();

  const release = statistician.locator("#result_list tbody tr", { hasText: told.release });
  await until(statistician, "/admin/statistics/release/", async () => (await release.count()) > 0);
  await statistician.goto(`${RELEASE}/change/`);
  found.hers = await statistician.locator(".object-tools a:not(.historylink)").allInnerTexts();
  await statistician.click(`.object-tools a[href='${RELEASE}/preview/']`);
  found.titles = await statistician.locator("#content h2").allInnerTexts();
  found.figures = await statistician.locator("#content td").allInnerTexts();
  found.folded = await statistician.locator("details:not([open])").count();
  await seenByStatistician("preview", found, statistician.url());

  const [approver, seenByApprover] = await person(browser, "demo-approver");
  await approver.goto(`${RELEASE}/change/`);
  await reach(approver, `${RELEASE}/preview/`);
  await approver.keyboard.press("Enter");
  await approver.waitForURL(`**${RELEASE}/preview/`);
  found.same = JSON.stringify(await approver.locator("#content td").allInnerTexts()) === JSON.stringify(found.figures);
  await approver.goto(`${RELEASE}/schedule/`);
  await seenByApprover("schedule", found, approver.url());
  await approver.fill("[name=due_at]", "2101-06-14T12:00");
  await approver.click("#content form [name=sure]");
  await approver.waitForLoadState();
  await offCalendar(approver);
  await shoot(approver, "exact-time");
  found.exact = await approver.innerText("#content table");
  await press(approver, "#content form [name=sure]");
  await seenByApprover("planned", found, approver.url());
  found.planned = await approver.innerText("#content");
  // Whoever ordered it may stop it, and so may every approver.
  await statistician.goto(`${RELEASE}/change/`);
  found.stops = await statistician.locator(`.object-tools a[href='${RELEASE}/take_back/']`).count();
  await approver.goto(`${RELEASE}/take_back/`);
  await press(approver, "#content form [name=sure]");
  await approver.goto(`${RELEASE}/publish/`);
  await seenByApprover("publish", found, approver.url());
  found.looks = await approver.innerText("#content table");
  await offCalendar(approver);
  await press(approver, "#content form [name=sure]");
  await approver.goto(`${RELEASE}/change/`);
  found.published = await approver.innerText("#content");
  return found;
});

// Ticks the table of a label without a mouse.
async function tick(page, label) {
  const box = page.locator(".field-tables label", { hasText: new RegExp(`^\\s*${label}\\s*$`) }).locator("input");
  await box.focus();
  await page.keyboard.press("Space");
}

// The calendar says nothing of the day: that is ticked, where it is asked.
async function offCalendar(page) {
  if (await page.locator("[name=off_calendar]").count()) await page.check("[name=off_calendar]");
}

// Tab until the link to an address has the focus.
async function reach(page, address) {
  for (let steps = 0; steps < 60; steps += 1) {
    if ((await page.evaluate(() => document.activeElement.getAttribute("href"))) === address) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to ${address}`);
}
