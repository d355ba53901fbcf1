// A caseworker enters a referral with the keyboard alone on a telephone, corrects it, withdraws it and finds it on the list; then once
// more without scripts. Steps are keys and clicks; every page is looked at.
import { comeBack, path, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

const PHONE = { width: 390, height: 844 };

await walk(async (browser) => {
  const first = await visitor(browser);
  await comeBack(await first.newPage(), told.who);
  const storageState = await first.storageState();
  const began = Date.now();
  const withScripts = await enter(await (await visitor(browser, { storageState, viewport: PHONE })).newPage(), "script");
  const seconds = (Date.now() - began) / 1000;
  const plain = await visitor(browser, { storageState, viewport: PHONE, javaScriptEnabled: false });
  const without = await enterPlainly(await plain.newPage());
  return { ...withScripts, without, seconds: Math.round(seconds) };
});

async function enter(page, name) {
  const faults = [];
  let keys = 0;
  const key = async (which) => {
    keys += 1;
    await page.keyboard.press(which);
  };
  // Tab to a field, a button or a link; then what is done there.
  const reach = async (matches) => {
    for (let steps = 0; steps < 120; steps += 1) {
      await key("Tab");
      if (await page.evaluate(`(${matches})(document.activeElement)`)) return;
    }
    throw new Error(`no Tab leads to ${matches}`);
  };
  const see = async (shot) => {
    await page.waitForLoadState();
    await shoot(page, `${name}-${shot}`);
    faults.push(...(await look(page)).map((fault) => `${shot}: ${fault}`));
    await page.setViewportSize(PHONE);
  };

  await page.goto(told.at);
  const hidden = await page.locator("[data-when]:visible").count();
  await see("empty");
  await page.goto(told.at);
  await reach((at) => at.matches("main form.one button.button-primary"));
  await key("Enter");
  await page.waitForSelector("#summary");
  const onSummary = await page.evaluate(() => document.activeElement.id);
  const errors = await page.locator("#summary li").count();
  await see("errors");
  await page.locator("#summary").focus();

  // From the top of the form to its end, one answer at each field that must have one.
  const answered = [];
  for (let steps = 0; steps < 200; steps += 1) {
    await key("Tab");
    const at = await page.evaluate(() => {
      const { name, tagName, type } = document.activeElement;
      return { name, tagName, type, isButton: document.activeElement.matches("main form.one button.button-primary") };
    });
    if (at.isButton) break;
    const wish = told.answers[at.name];
    if (!wish || answered.includes(at.name)) continue;
    answered.push(at.name);
    if (at.tagName === "SELECT") {
      await page.keyboard.type(wish, { delay: 5 });
      keys += wish.length;
    } else {
      await key("Space");
      for (let moves = 0; moves < 8; moves += 1) {
        const label = await page.evaluate(() => document.activeElement.labels[0].textContent);
        if (label.startsWith(wish)) break;
        await key("ArrowDown");
      }
    }
  }
  await see("filled");
  await page.locator("main form.one button.button-primary").focus();
  await key("Enter");
  await page.waitForURL("**/receipt/");
  await see("receipt");
  const reference = (await page.textContent("dd code")).trim();
  const quiet = !page.url().includes(reference);
  const record = path(page.url()).replace("receipt/", "");
  await reach((at) => at.matches("main a[href$='/card/']"));
  await key("Enter");
  await page.waitForURL("**/card/");
  await see("card");
  const card = (await page.textContent(".token")).trim();
  await page.emulateMedia({ media: "print" });
  const printed = await page.innerText("body");
  await page.emulateMedia({ media: null });
  const names = /traffick|menneskehandel|henvis|referral/i.test(printed);

  await page.goto(record);
  await see("record");
  await reach((at) => at.matches("main a[href$='/correct/']"));
  await key("Enter");
  await page.waitForURL("**/correct/");
  await see("correct");
  await page.locator("#field-age_band").focus();
  await page.keyboard.type(told.correction, { delay: 5 });
  await page.locator("main form.one button.button-primary").focus();
  await key("Enter");
  await page.waitForURL((address) => !address.pathname.endsWith("correct/"));
  const versions = await page.locator("main table tbody tr").count();
  await reach((at) => at.matches("main a[href$='/withdraw/']"));
  await key("Enter");
  await page.waitForURL("**/withdraw/");
  await see("withdraw");
  await reach((at) => at.matches("input[name=reason_code]"));
  await key("Space");
  await reach((at) => at.matches("main form button.button-primary"));
  await key("Enter");
  await page.waitForURL((address) => !address.pathname.endsWith("withdraw/"));
  await see("withdrawn");
  for (const place of ["records/", "figures/", "figures/?rows=age_band&columns=gender", ""]) {
    await page.goto(`/send/test/${place}`);
    await see(`page-${place.replace(/\W+/g, "_")}`);
  }
  return { hidden, onSummary, errors, reference: reference.length, card: card.length, names, quiet, versions, keys: keys < 400, faults };
}

// Without scripts nothing is hidden, and every condition stands there in words.
async function enterPlainly(page) {
  await page.goto(told.at);
  await shoot(page, "plain");
  const conditions = await page.locator(".condition:visible").count();
  for (const [name, label] of Object.entries(told.answers)) {
    const select = page.locator(`select[name=${name}]`);
    if (await select.count()) {
      const value = await select.locator("option", { hasText: label }).first().getAttribute("value");
      await select.selectOption(value);
    } else await page.locator(`[name=${name}] + label`, { hasText: label }).first().click();
  }
  await page.click("main form.one button.button-primary");
  await page.waitForLoadState();
  return { conditions, at: path(page.url()).replace(/record\/[^/]+/, "record/*") };
}
