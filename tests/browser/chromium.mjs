// The system's Chromium, and the five ways in which a page is looked at.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

// A page is judged by what it does itself: nothing of the browser's own may reach for the network.
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const SCREEN = { media: "screen", colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" };
const DESK = { width: 1280, height: 900 };

export const MODES = {
  light: { viewport: DESK, media: SCREEN },
  dark: { viewport: DESK, media: { ...SCREEN, colorScheme: "dark" } },
  narrow: { viewport: { width: 320, height: 640 }, media: SCREEN },
  print: { viewport: { width: 794, height: 1123 }, media: { ...SCREEN, media: "print" } }, // A4 at 96 dpi
  forced: { viewport: DESK, media: { ...SCREEN, forcedColors: "active" } },
};

function findChromium() {
  if (process.env.GAISITE_CHROMIUM) return process.env.GAISITE_CHROMIUM;
  for (const name of NAMES) {
    for (const folder of process.env.PATH.split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here: the next folder.
      }
    }
  }
  throw new Error("Chromium is not installed");
}

// Long enough for a machine with much else to do.
export const PATIENCE = 120_000;

/** A browser without a screen, its profile new and thrown away afterwards. */
export function launch() {
  return chromium.launch({ executablePath: findChromium(), headless: true, args: QUIET, timeout: PATIENCE });
}

/** Shows the page in a mode and waits until it is drawn. */
export async function show(page, mode) {
  await page.setViewportSize(MODES[mode].viewport);
  await page.emulateMedia(MODES[mode].media);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
