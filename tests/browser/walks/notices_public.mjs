// Notices for everybody: each kind of page in both languages, looked at; by keyboard from the front page to a text in another script;
// and without scripts to its sheet.
import { look } from "./look.mjs";
import { path, shoot, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const faults = {};
  const context = await visitor(browser);
  const page = await context.newPage();
  const { items } = await (await context.request.get("/api/v1/notices")).json();
  const [number] = items.map(({ id }) => id).sort((one, other) => one - other);
  const texts = [...items[0].languages.map(({ language }) => language), told.missing].map((tag) => `/da/varsler/${number}/${tag}/`);
  for (const address of ["/da/", "/da/varsler/", `/da/varsler/?language=${told.missing}`, "/da/tilbud/", ...texts]) {
    for (const language of ["da", "en"]) {
      const answer = await page.goto(address);
      if (language === "en") await Promise.all([page.waitForNavigation(), page.click("header a[hreflang=en]")]);
      const wrong = [...(answer.status() === 200 ? [] : [answer.status()]), ...(await look(page))];
      if ((await page.getAttribute("html", "lang")) !== language) wrong.push("another language");
      if (wrong.length) faults[`${address} ${language}`] = wrong;
      await shoot(page, `${address.replace(/\W+/g, "_")}-${language}`);
    }
  }
  return { faults, keyboard: await byKeyboard(page), scriptless: await withoutScripts(browser), spoken: await spoken(page, number) };
});

// From the front page by Tab to Thai, by Enter to the notices for its readers, and by Tab and Enter to one of them.
async function byKeyboard(page) {
  await page.goto("/en/");
  const ways = [];
  for (const href of ["/en/notices/?language=th", "/th/"]) {
    for (let n = 0; n < 60 && !(await page.evaluate((end) => document.activeElement.closest("main a")?.getAttribute("href")?.endsWith(end), href)); n++) await page.keyboard.press("Tab");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    ways.push(path(page.url()).replace(/\d+/, "N"));
  }
  return ways;
}

// The sheet as it is offered to a browser without scripts, of a text that is written from right to left.
async function withoutScripts(browser) {
  const context = await visitor(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/da/");
  await page.click(".alert a[hreflang=ar]");
  await page.click("main section h2 a");
  const answer = await context.request.get(await page.getAttribute("main a.button", "href"));
  return { type: answer.headers()["content-type"], direction: await page.getAttribute("article", "dir") };
}

// What says in which language the parts of a page are that stand in for a missing text.
async function spoken(page, number) {
  await page.goto(`/en/notices/${number}/${told.missing}/`);
  return { note: await page.getAttribute(".alert [lang]", "lang"), text: await page.getAttribute("article", "lang") };
}
