// An indicator is observed by a statistician and published by an approver, and everybody reads it; a second one is refused. On
// telephones without scripts, but for the eyes of `look`.
import { shoot, told, visitor, walk } from "./lib.mjs";
import { person } from "./person.mjs";

const INDICATORS = "/admin/plans/planindicator/", OBSERVATIONS = "/admin/plans/planobservation/";

await walk(async (browser) => {
  const found = { faults: [] };
  const [computed, manual] = told.names;
  const [writer, seenByWriter] = await person(browser, "demo-statistician");
  await seenByWriter("first", found, "/admin/");
  for (const [name, at] of [["indicators", INDICATORS], ["indicator-add", `${INDICATORS}add/`], ["observations", OBSERVATIONS], ["add", `${OBSERVATIONS}add/`]]) await seenByWriter(name, found, at);
  await observe(writer, { year: told.year, chosen: computed });
  found.asked = await writer.innerText("#content");
  await writer.click("[name=sure]");
  await writer.waitForLoadState();
  await observe(writer, { year: told.year, chosen: manual, value: "99", source_da: "Regnskab", source_en: "Account" });
  await writer.click("[name=sure]");
  await writer.waitForLoadState();
  await shoot(writer, "written");

  const [approver, seenByApprover] = await person(browser, "demo-approver");
  await seenByApprover("waits", found, "/admin/");
  await approver.goto(`${OBSERVATIONS}?state=waiting`);
  await seenByApprover("list", found, approver.url());
  for (const [name, called, act] of [["published", computed, "publish"], ["refused", manual, "refuse"]]) {
    await approver.goto(`${OBSERVATIONS}?state=waiting`);
    await approver.click(`#result_list tbody th a:has-text("${called}")`);
    await approver.waitForLoadState();
    await seenByApprover(`${name}-row`, found, approver.url());
    await approver.click(`button[name=action][value=${act}]`);
    await approver.waitForLoadState();
    if (act === "refuse") await approver.selectOption("#id_reason", "WRONG");
    await shoot(approver, `${name}-question`);
    await approver.click("[name=sure]");
    await approver.waitForLoadState();
    found[name] = await approver.locator(".messagelist .success").innerText();
    await shoot(approver, name);
  }
  await seenByApprover("decided", found, OBSERVATIONS);
  const reader = await (await visitor(browser)).newPage();
  await reader.goto(`/en/plans/${told.plan}/`);
  found.read = await reader.locator(`#indicator-${told.computed} ~ table`).first().locator("tbody tr", { has: reader.locator("th", { hasText: told.year }) }).innerText();
  found.others = await reader.getByText("99 courses").count();
  return found;
});

// Fills the form of an observation and sends it, up to the question.
async function observe(page, { chosen, ...fields }) {
  await page.goto(`${OBSERVATIONS}add/`);
  const option = page.locator("#id_indicator option", { hasText: chosen });
  await page.selectOption("#id_indicator", await option.getAttribute("value"));
  for (const [name, value] of Object.entries(fields)) await page.fill(`#id_${name}`, value);
  await page.click("[name=_save]");
  await page.waitForLoadState();
}
