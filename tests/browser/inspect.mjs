// Looks at many pages in one Chromium. In: a JSON job {pages: [{path, url}], origin, modes}; out: JSON, one entry a page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { MODES, PATIENCE, launch, show } from "./chromium.mjs";
import { inspectTables } from "./tables.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AT_ONCE = 2;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// WCAG 1.4.12: what a reader may set without losing anything.
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }`;

/** Notes all that a page says and asks for; the function that it gives hands out what was heard since the last call. */
function listen(page, origin) {
  const nothing = () => ({ console: [], failed: [], foreign: [] });
  let heard = nothing();
  page.on("console", (message) => heard.console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.console.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => heard.failed.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) heard.failed.push(`${response.url()}: ${response.status()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:")) heard.foreign.push(url);
  });
  return () => {
    const told = heard;
    heard = nothing();
    return told;
  };
}

/** What a machine can see of the page's frame. */
function describe() {
  return {
    title: document.title,
    language: document.documentElement.lang,
    h1: document.querySelectorAll("h1").length,
    styles: document.querySelectorAll("link[rel~=stylesheet]").length,
    stylesApplied: [...document.styleSheets].filter((sheet) => sheet.ownerNode.localName === "link").length,
  };
}

/** How wide the page is, as it stands and with the reader's own spacing. */
async function measureWidth(page) {
  return page.evaluate((spacing) => {
    const root = document.documentElement;
    const plain = root.scrollWidth;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(spacing);
    document.adoptedStyleSheets = [sheet];
    const spaced = root.scrollWidth;
    document.adoptedStyleSheets = [];
    return { plain, spaced };
  }, SPACING);
}

/** Texts of drawings that are smaller than 12 pixels, reach beyond their drawing, or lie one over another. */
function inspectDrawings() {
  const found = [];
  for (const drawing of document.querySelectorAll("svg")) {
    const frame = drawing.getBoundingClientRect();
    const boxes = [...drawing.querySelectorAll("text")].map((text) => ({ text, box: text.getBoundingClientRect() }));
    for (const [number, { text, box }] of boxes.entries()) {
      const size = Number.parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d;
      if (size < 12) found.push(`${text.textContent}: ${size} px`);
      if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`${text.textContent}: beyond its drawing`);
      // A line of text is higher than its letters: a fifth of each may overlap.
      const over = boxes.slice(number + 1).find(({ box: other }) => {
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        return across > 1 && down > 0.4 * size;
      });
      if (over) found.push(`${text.textContent}: over ${over.text.textContent}`);
    }
  }
  return found;
}

/** Where the first press of Tab goes, and whether it can be seen there. */
async function pressTab(page) {
  await page.keyboard.press("Tab");
  const stop = await page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const href = element.getAttribute("href") ?? "";
    const visible = box.width > 1 && box.height > 1 && box.left >= 0 && box.top >= 0;
    return { href, visible, arrives: href.startsWith("#") && document.getElementById(href.slice(1)) !== null };
  });
  await page.evaluate(() => document.activeElement.blur());
  return stop;
}

async function runAxe(page) {
  const found = await page.evaluate(async (tags) => {
    const result = await window.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    return result.violations.flatMap((rule) =>
      rule.nodes.map((node) => ({ rule: rule.id, target: node.target.join(" "), why: node.failureSummary })),
    );
  }, TAGS);
  return found.map(({ rule, target, why }) => `${rule}: ${target}: ${why.replaceAll(/\s+/g, " ")}`);
}

/** All that can be read on the page and where it leads, but for what only a script can do. */
function readPage() {
  for (const each of document.querySelectorAll("[data-tools], [data-filter], [data-search], .sort-note, noscript")) each.remove();
  const lines = document.body.innerText.split(/\s+/).filter(Boolean);
  return [...lines, ...[...document.links].map((link) => link.href)].join(" ");
}

/** Whether a page that is shown says the same without script. */
async function saysTheSame(page, plain, url) {
  await show(page, "light");
  await plain.goto(url, { waitUntil: "load", timeout: PATIENCE });
  return (await page.evaluate(readPage)) === (await plain.evaluate(readPage));
}

/** The role and the name that Chromium gives to each table, th and td, in document order; null for one it hides. */
async function readRoles(session) {
  const { root } = await session.send("DOM.getDocument", { depth: -1 });
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const told = (node) => ({ role: node.role?.value, name: node.name?.value ?? "" });
  const roles = new Map(nodes.filter((node) => !node.ignored).map((node) => [node.backendDOMNodeId, told(node)]));
  const found = [];
  const walk = (node) => {
    if (["TABLE", "TH", "TD"].includes(node.nodeName)) found.push(roles.get(node.backendNodeId) ?? null);
    for (const child of node.children ?? []) walk(child);
  };
  walk(root);
  return found;
}

async function inspectMode(page, session, mode) {
  await show(page, mode);
  const seen = { axe: await runAxe(page) };
  if (mode === "narrow") {
    seen.drawings = await page.evaluate(inspectDrawings);
    seen.width = await measureWidth(page);
  }
  if (mode === "light" || mode === "narrow") seen.tables = await page.evaluate(inspectTables, await readRoles(session));
  return seen;
}

async function inspectPage({ page, session, plain, hear }, { path, url }, modes) {
  await show(page, "light");
  await page.goto(url, { waitUntil: "load", timeout: PATIENCE });
  const seen = { path, ...(await page.evaluate(describe)), firstTab: await pressTab(page), modes: {} };
  if (modes.length > 0) {
    await page.evaluate(AXE);
    for (const mode of modes) seen.modes[mode] = await inspectMode(page, session, mode);
    seen.sameWithoutScript = await saysTheSame(page, plain, url);
  }
  return { ...seen, ...hear() };
}

/** Takes pages off the list until none is left, all in one window: to open one takes longer than to look at a page. */
async function work(browser, queue, { origin, modes }, results) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const withoutScript = await browser.newContext({ javaScriptEnabled: false, viewport: MODES.light.viewport });
  const plain = await withoutScript.newPage();
  const hear = listen(page, origin);
  for (let next = queue.shift(); next; next = queue.shift()) {
    results.push(await inspectPage({ page, session, plain, hear }, next, modes));
  }
  await withoutScript.close();
  await context.close();
}

const job = JSON.parse(readFileSync(0, "utf8"));
const browser = await launch();
try {
  const queue = [...job.pages];
  const results = [];
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(browser, queue, job, results)));
  results.sort((a, b) => (a.path < b.path ? -1 : 1));
  process.stdout.write(JSON.stringify(results));
} finally {
  await browser.close();
}
