// Pictures of every component example, light and dark. In: a JSON job {site, folder, examples: [id]}; the page has one element an id.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch, show } from "./chromium.mjs";

const { page: url, folder, examples } = JSON.parse(readFileSync(0, "utf8"));
const browser = await launch();
const page = await (await browser.newContext({ deviceScaleFactor: 1 })).newPage();
await page.goto(url);
for (const mode of ["light", "dark"]) {
  await show(page, mode);
  await page.setViewportSize({ width: 760, height: 900 });
  for (const id of examples) {
    await page.locator(`#${id}`).screenshot({ path: join(folder, `${id}.${mode}.png`), animations: "disabled" });
  }
}
await browser.close();
