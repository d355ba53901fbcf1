// A superuser adds a partner in the admin and corrects it.
import { comeBack, press, shoot, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const page = await comeBack(await (await visitor(browser)).newPage(), "demo");
  await page.goto("/admin/partners/partner/add/");
  await page.fill("#id_name", told.partner);
  await page.selectOption("#id_kind", "NGO");
  await press(page, "[name=_continue]");
  await shoot(page, "added");
  await page.fill("#id_name", `${told.partner} II`);
  await press(page, "[name=_save]");
  await page.goto("/admin/partners/partner/");
  await shoot(page, "list");
  return await page.locator("#result_list tr", { hasText: `${told.partner} II` }).count();
});
