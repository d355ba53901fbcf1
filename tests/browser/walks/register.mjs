// The day of data protection on a telephone: a request is registered, checked, its data produced and erased, and answered; then
// the retention of a year is prolonged, and what everybody reads of it is looked at.
import { comeBack, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

await walk(async (browser) => {
  const first = await visitor(browser);
  await comeBack(await first.newPage(), told.who);
  const storageState = await first.storageState();
  const found = {};
  for (const [language, locale] of [["da", "da-DK"], ["en", "en-GB"]]) {
    const page = await (await visitor(browser, { locale, storageState, viewport: { width: 390, height: 844 } })).newPage();
    found[language] = await day(page, language, told.tokens[language]);
  }
  return found;
});

async function day(page, language, token) {
  const faults = [];
  let clicks = 0;
  const click = async (what) => {
    clicks += 1;
    await page.click(what);
    await page.waitForLoadState();
  };
  const seen = async (name) => {
    faults.push(...(await look(page)));
    await shoot(page, `${name}-${language}`);
  };
  const act = (name) => `#content-main a[href$="/${name}/"]`;
  await page.goto("/admin/");
  await seen("home");
  await click('a[href="/admin/subject_requests/subjectrequest/add/"]');
  await page.selectOption("[name=kind]", "ERASURE");
  await page.selectOption("[name=channel]", "LETTER");
  await page.fill("[name=received_on]", told.today);
  await seen("add");
  await click("[name=_save]");
  await click("[name=sure]");
  await seen("registered");
  await click(act("identify"));
  await page.selectOption("[name=code]", "CARD");
  await click("[name=sure]");
  await click('#content-main a[href*="/person/?request="]');
  await page.fill("[name=token]", `${token.slice(0, 5)}${token[5] === "0" ? "1" : "0"}${token.slice(6)}`);
  await click("[value=look]");
  const mistyped = await page.innerText(".messagelist");
  await page.fill("[name=token]", token);
  const [file] = await Promise.all([page.waitForEvent("download"), click("[value=produce]")]);
  await page.fill("[name=token]", token);
  await click("[value=look]");
  await seen("extent");
  const erase = page.locator("form:has([value=erase])");
  await erase.locator("[name=token]").fill(token);
  await erase.locator("[name=reason]").selectOption("REQUESTED");
  await erase.locator("[name=confirm]").check();
  await click("[value=erase]");
  await click(act("answer"));
  await page.selectOption("[name=code]", "ERASED");
  await click("[name=sure]");
  await seen("answered");
  const steps = await page.locator("#content-main tbody tr:has(td:nth-child(5))").count();
  await page.goto("/admin/retention/retentionhold/");
  await seen("retention");
  await page.goto("/admin/retention/retentionhold/add/");
  await page.fill("[name=year]", "2001");
  await page.fill("[name=until_on]", told.later);
  await page.selectOption("[name=reason_code]", "CASE_AT_LAW");
  await seen("hold");
  await page.click("[name=_save]");
  await seen("hold-asked");
  await page.click("[name=sure]");
  await page.waitForLoadState();
  const holds = await page.locator("#result_list tbody tr, #content-main tbody tr").count();
  await page.goto(language === "da" ? "/da/privatliv/" : "/en/privacy/");
  await seen("privacy");
  return { holds: holds > 0, file: file.suggestedFilename().replace(/\d+/, "N"), mistyped: /kontroltegn|check character/.test(mistyped), steps, clicks, faults };
}
