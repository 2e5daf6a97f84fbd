// Pictures of pages for a person to look at: node pictures.mjs SITE FOLDER [PAGE…], PAGE a part of a path, all without one.
import { mkdirSync, readdirSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { PATIENCE, launch, show } from "./chromium.mjs";

const PIECE = 1500;

const [site, folder, ...wanted] = process.argv.slice(2);
const pages = readdirSync(site, { recursive: true })
  .filter((path) => path.endsWith(".html"))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
  .sort();
if (pages.length === 0) {
  console.error(`No page of ${site} has ${wanted.join(" or ")} in its path.`);
  process.exit(1);
}

/** Takes a picture of the whole page in pieces that a screen can show. */
async function takePieces(page, path) {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  for (let y = 0, piece = 1; y < height; y += PIECE, piece += 1) {
    const clip = { x: 0, y, width, height: Math.min(PIECE, height - y) };
    await page.screenshot({ path: `${path}.${piece}.png`, fullPage: true, clip });
  }
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
const page = await (await browser.newContext()).newPage();
for (const path of pages) {
  const name = path.replaceAll(sep, "-").replace(/(-index)?\.html$/, "");
  await page.goto(pathToFileURL(join(resolve(site), path)).href, { waitUntil: "load", timeout: PATIENCE });
  for (const mode of ["light", "dark", "narrow", "print", "forced"]) {
    await show(page, mode);
    await takePieces(page, join(folder, `${name}.${mode}`));
  }
  await page.emulateMedia({ media: null });
  await page.pdf({ path: join(folder, `${name}.pdf`), format: "A4", preferCSSPageSize: true, printBackground: true });
}
await browser.close();
console.log(`Pictures of ${pages.length} pages are in ${folder}/`);
