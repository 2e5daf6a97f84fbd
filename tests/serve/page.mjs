// One page in Chromium, led from outside. In: a line of JSON a step, {goto} or {until}; out: a line of JSON a step.
import { createInterface } from "node:readline";
import { launch } from "../browser/chromium.mjs";

const PATIENCE = 30_000;

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
  else if (step.heard) done = heard;
  else done = await waitUntil(page, step);
  process.stdout.write(`${JSON.stringify(done)}\n`);
}
await browser.close();
