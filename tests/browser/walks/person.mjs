// One of the demo's people on a telephone without scripts, and what the walks of such people need.
import { look } from "./look.mjs";
import { comeBack, shoot, visitor } from "./lib.mjs";

export const PHONE = { viewport: { width: 390, height: 844 } };
const LANGUAGES = { da: "da-DK", en: "en-GB" };

// The page of the person, and what looks at an address as that person in each language. With scripts on, as the eyes need them; without
// the language that she has chosen, so that the browser's holds.
export async function person(browser, name) {
  const context = await visitor(browser, { ...PHONE, javaScriptEnabled: false });
  const page = await comeBack(await context.newPage(), name);
  const cookies = (await context.cookies()).filter(({ name: cookie }) => cookie !== "django_language");
  const eyes = {};
  for (const [language, locale] of Object.entries(LANGUAGES)) {
    const own = await visitor(browser, { ...PHONE, locale, storageState: { cookies, origins: [] } });
    eyes[language] = await own.newPage();
  }
  const see = async (what, found, address) => {
    const seeIn = async ([language, seeing]) => {
      await seeing.goto(address);
      await shoot(seeing, `${what}-${language}`);
      return (await look(seeing)).map((fault) => `${what} ${language}: ${fault}`);
    };
    found.faults.push(...(await Promise.all(Object.entries(eyes).map(seeIn))).flat());
  };
  return [page, see];
}

// Comes again until what is waited for is there: the server works by itself.
export async function until(page, address, ready) {
  for (let seconds = 0; seconds < 300; seconds += 1) {
    await page.goto(address);
    if (await ready()) return;
    await page.waitForTimeout(1000);
  }
  throw new Error(`nothing new at ${address}`);
}
