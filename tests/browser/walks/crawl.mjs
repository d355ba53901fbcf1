// Every kind of page that each person (or nobody, where `who` is null) is led to, in both languages, looked at.
import { content, kind, look } from "./look.mjs";
import { comeBack, shoot, told, visitor, walk } from "./lib.mjs";

// Danish first: a page that somebody before was shown is asked for in the first language alone.
const LANGUAGES = { da: "da-DK", en: "en-GB" };
// The summary of an operation.
const WHAT_IS_DRAWN = "Create or correct a referral";
// Each person's own.
const OWN = new Set(["/account/", "/admin/"]);
const looked = new Set(told.looked);

await walk(async (browser) => {
  const found = {};
  const ahead = [...told.crowd];
  // Two persons at a time: each waits for the server while the other's pages are looked at.
  const next = async () => {
    for (let one; (one = ahead.shift()); ) found[one.who ?? ""] = await crawl(browser, one);
  };
  await Promise.all([next(), next()]);
  return found;
});

async function crawl(browser, { who, starts, within }) {
  const heard = { da: [], en: [] };
  const first = await visitor(browser);
  if (who) await comeBack(await first.newPage(), who);
  const storageState = await first.storageState();
  await first.close();
  const readers = await Promise.all(
    Object.entries(LANGUAGES).map(async ([language, locale]) => {
      const context = await visitor(browser, { locale, storageState }, (what) => heard[language].push(what));
      return { who, language, page: await context.newPage() };
    }),
  );
  const pages = {};
  const ahead = [...starts];
  while (ahead.length) {
    const address = ahead.shift();
    if (kind(address) in pages) continue;
    const fresh = OWN.has(address) || !looked.has(kind(address));
    looked.add(kind(address));
    // A list that is narrowed says what the whole list says.
    const asked = fresh && !kind(address).endsWith("?") ? readers : readers.slice(0, 1);
    const visits = await Promise.all(asked.map((reader) => visit(reader, address, fresh, heard)));
    const { status, forms } = visits.at(-1);
    pages[kind(address)] = { at: address, status, forms, faults: [...new Set(visits.flatMap((each) => each.faults))].sort() };
    ahead.push(...visits.flatMap((each) => each.links).filter((link) => within.some((start) => link.startsWith(start))));
  }
  for (const { page } of readers) await page.context().close();
  return pages;
}

// One page in one language. One of a kind that was looked at is asked for, and not drawn again.
async function visit({ who, language, page }, address, fresh, heard) {
  const answer = fresh ? await open(page, address) : await page.context().request.get(address, { headers: { "Accept-Language": LANGUAGES[language] } });
  const status = answer?.status() ?? 200;
  const nothing = { status, faults: [], links: [], forms: [] };
  if (status >= 400) {
    heard[language].length = 0; // the console says the same
    return { ...nothing, faults: [`a link leads to ${status}`] };
  }
  if (!answer?.headers()["content-type"].startsWith("text/html")) return nothing;
  const faults = fresh ? await seen(page, who, language, address) : [];
  const { language: own, links, forms } = await content(page, fresh ? {} : { at: answer.url(), sent: await answer.text() });
  if (own !== language) faults.push("another language");
  return { status, faults: [...faults, ...heard[language].splice(0)], links, forms };
}

// What is sent as a file is no page, and opens none.
function open(page, address) {
  return page.goto(address).catch((error) => {
    if (!/Download is starting/.test(error)) throw error;
  });
}

// What is wrong with the page that is open. Two are drawn by libraries, large, and in English: they are waited for once.
async function seen(page, who, language, address) {
  const drawn = /^\/docs\/(reference|try)\//.test(address);
  if (drawn && language === "en") await page.getByText(WHAT_IS_DRAWN).first().waitFor({ state: "attached" });
  const faults = !drawn || language === "en" ? await look(page) : [];
  await shoot(page, `${who}-${kind(address).replace(/\W+/g, "_")}-${language}`);
  return faults;
}
