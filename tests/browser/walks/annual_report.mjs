// A statistician orders a draft, the server makes it, she tries to type a figure, and finishes every section; the approver publishes.
// All on a telephone, without scripts but for the eyes of `look`.
import { press, shoot, told, visitor, walk } from "./lib.mjs";
import { PHONE, person, until } from "./person.mjs";

const REPORTS = "/admin/annual/reportdraft/";

await walk(async (browser) => {
  const found = { faults: [] };
  const [author, seenByAuthor] = await person(browser, "demo-statistician");

  await author.goto("/admin/annual/reportorder/add/");
  await author.selectOption("[name=year]", told.year);
  await author.press("[name=_save]", "Enter");
  await author.waitForLoadState();
  await author.press("[name=sure]", "Enter");
  await author.waitForLoadState();
  const draft = author.locator("#result_list tbody tr", { hasText: told.year }).first();
  await until(author, REPORTS, async () => (await draft.count()) > 0);
  await seenByAuthor("list", found, author.url());
  await draft.locator("th a").click();
  const report = new URL(author.url()).pathname;
  found.before = await author.innerText("#content");
  await seenByAuthor("report", found, author.url());
  const sections = await author.locator("#content tbody th a").evaluateAll((all) => all.map((each) => each.getAttribute("href")));

  await author.goto(sections.find((each) => each.endsWith("/gender/")));
  await seenByAuthor("section", found, author.url());
  await author.fill("[name='gender:comment:da']", "Der var 4711 mænd.");
  await author.fill("[name='gender:comment:en']", "There were many men.");
  await press(author, "#content form .button");
  found.refused = await author.innerText("#content");
  await shoot(author, "refused");
  await author.fill("[name='gender:comment:da']", "Der var mange.");
  await author.fill("[name='gender:heading:en']", "Written by the walk");
  await press(author, "#content form .button");
  for (const section of sections.filter((each) => !each.endsWith("/gender/"))) {
    await author.goto(section);
    await press(author, "#content form .button");
  }
  await author.goto(report);
  found.after = await author.innerText("#content");
  found.hers = await author.locator(".object-tools a[href$='/publish/']").allInnerTexts();

  const [approver, seenByApprover] = await person(browser, "demo-approver");
  await approver.goto(report);
  await approver.click(".object-tools a[href$='/whole/']");
  await approver.waitForLoadState();
  await approver.goto(report);
  await approver.click(".object-tools a[href$='/publish/']");
  await approver.waitForLoadState();
  await seenByApprover("publish", found, approver.url());
  await press(approver, "#content form [name=sure]");
  await until(approver, report, async () => (await approver.innerText("#content")).includes("published as version"));
  found.published = await approver.innerText("#content");

  const reader = await (await visitor(browser, PHONE)).newPage();
  found.status = (await reader.goto(`/en/report/${told.year}/`)).status();
  found.heading = await reader.locator("#gender").evaluate((heading) => heading.lastChild.textContent.trim());
  await shoot(reader, "reader");
  return found;
});
