// With JavaScript off: signing in, the language button, and a form.
import { path, press, signIn, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const page = await signIn(await (await visitor(browser, { javaScriptEnabled: false })).newPage(), told.who);
  const at = path(page.url());
  await page.click("header button[name=language]");
  await page.waitForLoadState();
  const language = await page.getAttribute("html", "lang");
  await page.goto("/account/people/");
  await page.fill("input[name=recipient]", "Vagt om natten");
  await page.selectOption("form[action='/account/people/invite/'] select[name=role]", "READER");
  await press(page, "form[action='/account/people/invite/'] button");
  return { at, language, invitation: (await page.textContent(".once code")).includes("/account/invitation/#") };
});
