// Action plans for everybody: each page in both languages, looked at; by keyboard from the front page to an indicator's release; and
// without scripts.
import { look } from "./look.mjs";
import { path, shoot, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const faults = {};
  const context = await visitor(browser);
  const page = await context.newPage();
  const { items } = await (await context.request.get("/api/v1/plans")).json();
  for (const [language, folder] of [["da", "handlingsplaner"], ["en", "plans"]]) {
    for (const id of ["", ...items.map((each) => `${each.id}/`)]) {
      const address = `/${language}/${folder}/${id}`;
      const answer = await page.goto(address);
      const wrong = [...(answer.status() === 200 ? [] : [answer.status()]), ...(await look(page))];
      if (wrong.length) faults[address] = wrong;
      await shoot(page, address.replace(/\W+/g, "_"));
    }
  }
  return { faults, keyboard: await byKeyboard(page), scriptless: await withoutScripts(browser) };
});

// From the front page by Tab and Enter to the newest plan, to an indicator of it, and to the release of what was observed.
async function byKeyboard(page) {
  await page.goto("/en/");
  const ways = [];
  for (const href of ["/en/plans/", `/en/plans/${told.plan}/`, `#indicator-${told.indicator}`, `/en/releases/${told.release}/`]) {
    for (let n = 0; n < 60 && !(await page.evaluate((end) => document.activeElement.getAttribute("href")?.endsWith(end), href)); n++) await page.keyboard.press("Tab");
    await Promise.all([page.waitForURL((url) => `${url.pathname}${url.hash}`.endsWith(href)), page.keyboard.press("Enter")]);
    ways.push(path(page.url()));
  }
  return ways;
}

async function withoutScripts(browser) {
  const page = await (await visitor(browser, { javaScriptEnabled: false })).newPage();
  await page.goto("/da/");
  await page.click("nav a[href='/da/handlingsplaner/']");
  await page.click(`main a[href$='${told.plan}/']`);
  return page.locator("main .plan-light").first().innerText();
}
