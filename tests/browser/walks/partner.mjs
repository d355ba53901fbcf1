// A partner's manager chooses a language, rotates a secret and revokes it, and invites somebody, who accepts with a password and an app.
import { accept } from "./invitee.mjs";
import { comeBack, press, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

await walk(async (browser) => {
  const faults = [];
  const page = await comeBack(await (await visitor(browser)).newPage(), "demo-manager");
  const language = () => page.getAttribute("html", "lang");
  const languages = [await language()];
  for (const _ of [1, 2]) {
    await page.click("header button[name=language]");
    await page.waitForLoadState();
    languages.push(await language());
  }

  await page.goto("/account/secrets/");
  await press(page, "form[action='/account/secrets/rotate/'] button");
  const secret = await page.textContent(".once code");
  await shoot(page, "secret");
  faults.push(...(await look(page)));
  await page.goto("/account/secrets/");
  const shown = () => page.locator("tr", { hasText: `…${secret.slice(-4)}` }).count();
  const kept = await shown();
  await press(page, `tr:has-text('…${secret.slice(-4)}') button`);
  await page.goto("/account/secrets/");
  const revoked = (await shown()) === 0;

  await page.goto("/account/people/");
  await page.fill("input[name=recipient]", "Vagt om natten");
  await page.selectOption("form[action='/account/people/invite/'] select[name=role]", "READER");
  await press(page, "form[action='/account/people/invite/'] button");
  const invitation = await page.textContent(".once code");
  const [invitee, hidden] = await accept(browser, invitation, told.invitee, faults);
  await invitee.goto("/account/");
  const invited = { hidden, greets: await invitee.textContent("main strong") };
  await page.goto("/account/people/");
  return { languages, kept, revoked, ...invited, listed: (await page.innerText("main")).includes(told.invitee), faults };
});
