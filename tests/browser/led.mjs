// One page in Chromium, led from outside. In: a line of JSON a step, {goto} or {until}; out: a line of JSON a step.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { launch } from "./chromium.mjs";

const PATIENCE = 30_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the page as it stands. */
async function runAxe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false }));
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`));
}

/** Waits until a text (or a selector) is on the page, whatever reloads on the way. */
async function waitUntil(page, { text, selector, gone }) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    try {
      const there = await page.evaluate(
        ([words, query]) => (query ? document.querySelector(query) !== null : document.body.innerText.includes(words)),
        [text, selector],
      );
      if (there !== Boolean(gone)) return true;
    } catch {
      // The page has gone while it was asked: ask the next one.
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}

const browser = await launch();
const page = await browser.newPage();
const heard = [];
page.on("console", (message) => heard.push(`${message.type()}: ${message.text()} ${message.location().url}`));
page.on("pageerror", (error) => heard.push(`exception: ${error.message}`));

for await (const line of createInterface({ input: process.stdin })) {
  const step = JSON.parse(line);
  let done = true;
  if (step.goto) await page.goto(step.goto);
  else if (step.style) done = await page.evaluate(([query, name]) => getComputedStyle(document.querySelector(query))[name], step.style);
  else if (step.fill) await page.fill(...step.fill);
  else if (step.select) await page.selectOption(...step.select);
  else if (step.click) await page.click(step.click);
  else if (step.press) await page.keyboard.press(step.press);
  else if (step.axe) done = await runAxe(page);
  else if (step.run) done = (await page.evaluate(step.run)) ?? null;
  else if (step.heard) done = heard;
  else done = await waitUntil(page, step);
  process.stdout.write(`${JSON.stringify(done)}\n`);
}
await browser.close();
