// Every kind of page that one person (or nobody, where `who` is null) is led to, in both languages, looked at.
import { forms, kind, links, look } from "./look.mjs";
import { comeBack, path, shoot, told, visitor, walk } from "./lib.mjs";

const LANGUAGES = { da: "da-DK", en: "en-GB" };

await walk(async (browser) => {
  const heard = { da: [], en: [] };
  const first = await visitor(browser);
  if (told.who) await comeBack(await first.newPage(), told.who);
  const storageState = await first.storageState();
  const readers = await Promise.all(
    Object.entries(LANGUAGES).map(async ([language, locale]) => {
      const context = await visitor(browser, { locale, storageState }, (what) => heard[language].push(what));
      return { language, page: await context.newPage() };
    }),
  );
  const pages = {};
  const ahead = [...told.starts];
  while (ahead.length) {
    const address = ahead.shift();
    if (kind(address) in pages) continue;
    const seen = await Promise.all(readers.map((reader) => visit(reader, address, heard)));
    pages[kind(address)] = { at: address, status: seen[0].status, forms: seen[0].forms, faults: [...new Set(seen.flatMap((each) => each.faults))].sort() };
    ahead.push(...seen[0].links.filter((link) => told.within.some((start) => link.startsWith(start))));
  }
  return pages;
});

// One page in one language.
async function visit({ language, page }, address, heard) {
  const answer = await page.goto(address).catch((error) => {
    // What is sent as a file is no page, and opens none.
    if (!/Download is starting/.test(error)) throw error;
  });
  if (!answer) return { status: 200, faults: [], links: [], forms: [] };
  if (answer.status() >= 400) {
    heard[language].length = 0; // the console says the same
    return { status: answer.status(), faults: [`a link leads to ${answer.status()}`], links: [], forms: [] };
  }
  if (!answer.headers()["content-type"].startsWith("text/html")) return { status: answer.status(), faults: [], links: [], forms: [] };
  // These two are drawn by libraries, large, and in English.
  const drawn = /^\/docs\/(reference|try)\//.test(address);
  if (drawn) await page.waitForLoadState("networkidle");
  // What somebody before was shown was looked at then.
  const seen = told.looked.includes(kind(address)) || (drawn && language !== "en");
  const faults = seen ? [] : await look(page);
  if ((await page.getAttribute("html", "lang")) !== language) faults.push("another language");
  await shoot(page, `${told.who}-${kind(address).replace(/\W+/g, "_")}-${language}`);
  return { status: answer.status(), faults: [...faults, ...heard[language].splice(0)], links: await links(page), forms: await forms(page) };
}
