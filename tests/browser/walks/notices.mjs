// A notice by three hands: one writes, another finds it right and publishes it, a partner says that it has seen it and handed it on;
// then it is withdrawn for another. On telephones without scripts, but for the eyes of `look`.
import { path, press, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";
import { person } from "./person.mjs";

const NOTICES = "/admin/notices/notice/";

await walk(async (browser) => {
  const found = { faults: [] };
  const [writer, seenByWriter] = await person(browser, "demo-partner-manager");
  const number = await create(writer, seenByWriter, found);
  await write(writer, seenByWriter, found, number);

  const [approver, seenByApprover] = await person(browser, "demo-approver");
  await approver.goto("/admin/");
  await seenByApprover("waits", found, approver.url());
  await approver.goto(`${NOTICES}${number}/change/`);
  await approver.click("#content a[href*='/notice/text/']");
  const text = approver.url();
  await seenByApprover("review", found, text);
  await press(approver, "#content form button");
  await approver.goto(text);
  await seenByApprover("publish", found, text);
  await press(approver, "#content form button");
  found.published = await approver.locator(".messagelist .success").innerText();
  await seenByApprover("published", found, approver.url());

  await acknowledge(browser, found, number);

  await approver.goto(`${NOTICES}${number}/withdraw/`);
  await seenByApprover("withdraw", found, approver.url());
  await approver.selectOption("#id_replacement", { index: 1 });
  await approver.click("#content form button[name=sure]");
  await approver.waitForLoadState();
  found.withdrawn = await approver.locator(".messagelist .success").innerText();
  for (const [name, at] of [["list", NOTICES], ["crises", "/admin/notices/crisis/"], ["services", "/admin/notices/servicestatus/"]]) await seenByApprover(name, found, at);
  found.gone = await gone(browser, found, number);
  return found;
});

// Creates a notice in the crisis that lasts, and finds its number.
async function create(page, see, found) {
  for (const [name, at] of [["declare", "/admin/notices/crisis/add/"], ["crisis", "/admin/notices/crisis/1/change/"]]) await see(name, found, at);
  await page.goto(`${NOTICES}add/`);
  await see("add", found, page.url());
  await page.selectOption("#id_crisis", { index: 1 });
  for (const [name, value] of Object.entries(told.notice)) await page.fill(`#id_${name}`, value);
  for (const name of ["subject_code", "audience", "severity", "urgency", "certainty"]) await page.selectOption(`#id_${name}`, { index: 1 });
  await page.click("[name=_save]");
  await page.waitForLoadState();
  await shoot(page, "question");
  await page.click("[name=sure]");
  await page.waitForLoadState();
  await page.goto(NOTICES);
  return Number((await page.locator("#result_list tbody th a").first().getAttribute("href")).match(/(\d+)\/change/)[1]);
}

// Writes the Danish text, whose author cannot find it right.
async function write(page, see, found, number) {
  await page.goto(`${NOTICES}${number}/write/da/`);
  await see("write", found, page.url());
  for (const [name, value] of Object.entries(told.text)) await page.fill(`#id_${name}`, value);
  await page.check("#id_is_finished");
  await press(page, "#content form button[name=sure]");
  await see("written", found, `${NOTICES}${number}/change/`);
  await page.goto(`${NOTICES}${number}/change/`);
  await page.click("#content a[href*='/notice/text/']");
  found.own = await page.locator("#content form button").count();
}

// On the desk the notice waits until it is seen.
async function acknowledge(browser, found, number) {
  const [page, see] = await person(browser, "demo-manager");
  await page.goto("/send/");
  const waits = async () => (await page.locator("[aria-labelledby=waiting] a", { hasText: /not seen/ }).allInnerTexts()).map((words) => parseInt(words));
  const [before = 0] = await waits();
  await see("home", found, page.url());
  await see("desk-list", found, "/send/notices/");
  await page.goto(`/send/notices/${number}/`);
  await see("desk-notice", found, page.url());
  await press(page, "form:has([name=act]) button");
  await page.selectOption("#channel", { index: 1 });
  await page.click("form:has(#channel) button");
  await page.waitForLoadState();
  await shoot(page, "desk-question");
  await page.click("[name=sure]");
  await page.waitForLoadState();
  await see("desk-said", found, page.url());
  await page.goto("/send/");
  const [after = 0] = await waits();
  found.fewer = before - after;
  await see("desk-services", found, "/send/services/");
}

// Where the notice stood, for everybody: 410, and a way to the one that holds. A browser says of a 410 on its console what it is.
async function gone(browser, found, number) {
  const statuses = [];
  for (const [language, folder] of [["da", "varsler"], ["en", "notices"]]) {
    const page = await (await visitor(browser, {}, (what) => what.includes("410") || found.faults.push(what))).newPage();
    statuses.push((await page.goto(`/${language}/${folder}/${number}/da/`)).status());
    found.faults.push(...(await look(page)));
    await shoot(page, `gone-${language}`);
    await page.click("main a.button");
    statuses.push(path(page.url()) === `/${language}/${folder}/${number}/da/` ? "the same" : "another");
  }
  return statuses;
}
