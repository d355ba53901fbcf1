// One of the demo's people on a telephone without scripts, and what the walks of such people need.
import { look } from "./look.mjs";
import { comeBack, shoot, visitor } from "./lib.mjs";

export const PHONE = { viewport: { width: 390, height: 844 } };
const AT = [["da", "da-DK", 390], ["en", "en-GB", 390], ["en", "en-GB", 1280]];

// The page of the person, and what looks at an address as that person in each language and width. With scripts on, as the eyes need
// them; without the language that she has chosen, so that the browser's holds.
export async function person(browser, name) {
  const context = await visitor(browser, { ...PHONE, javaScriptEnabled: false });
  const page = await comeBack(await context.newPage(), name);
  const cookies = (await context.cookies()).filter(({ name: cookie }) => cookie !== "django_language");
  const see = async (what, found, address) => {
    for (const [language, locale, width] of AT) {
      const eyes = await visitor(browser, { viewport: { width, height: 844 }, locale });
      await eyes.addCookies(cookies);
      const seeing = await eyes.newPage();
      await seeing.goto(address);
      await shoot(seeing, `${what}-${language}-${width}`);
      found.faults.push(...(await look(seeing)).map((fault) => `${what} ${language}: ${fault}`));
      await eyes.close();
    }
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
