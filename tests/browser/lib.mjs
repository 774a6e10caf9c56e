// What the browser tests share: a browser, the program to visit, and the
// checks that every page must pass.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All rules, and those that ask how a page looks, not what it says: another mode can break no others. */
const rules = { all: { type: "tag", values: tags }, looks: { type: "rule", values: ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"] } };

/** The modes in which every page must hold, as the letters of the mode cookie. */
export const modes = { standard: "", elder: "e", contrast: "d" };

/** The widths at which every page is looked at. */
export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1366, height: 768 } };

/**
 * The widths at which pages are looked at in a mode: the standard one at both,
 * the elder's on a phone and the one of high contrast at a desk, which between
 * them have shown every fault so far. The style guide is looked at in all six.
 */
export const sizesIn = (mode) => ({ standard: sizes, elder: { phone: sizes.phone }, contrast: { desk: sizes.desk } })[mode];

/**
 * The browser: Debian's Chromium, by preference the one without a window
 * (chromium-headless-shell), which opens a page with a third of the work.
 */
const executables = ["/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium"];

/** Starts the browser; close it yourself. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || executables.find(existsSync),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--hide-scrollbars"],
  });
}

/**
 * Opens a page that remembers everything that went wrong in it. Options:
 * base (address of the program), size, mode (letters), js (false: switched off).
 */
export async function open(b, { base, size = sizes.desk, mode = "", js = true } = {}) {
  const context = await b.newContext({ baseURL: base, locale: "zh-CN", viewport: size, javaScriptEnabled: js });
  if (mode) await context.addCookies([{ name: "mode", value: mode, url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.problems = [];
  page.on("console", (m) => {
    const own = m.location().url === page.url() && /status of (4|5)\d\d/.test(m.text());
    if (m.type() === "error" && !own) page.problems.push(m.text());
  });
  page.on("pageerror", (e) => page.problems.push(String(e)));
  return page;
}

/**
 * Asserts what holds for every page: no accessibility violation, nothing on
 * the console (a breach of the content policy shows there), no horizontal
 * scroll at this width nor, from a phone's, at 320. Of accessibility only what by
 * names: "all", "looks" or "" for nothing.
 */
export async function checkPage(page, name = page.url(), by = "all") {
  if (by && page.context()._options?.javaScriptEnabled !== false) {
    assert.deepEqual(await violations(page, by), [], `${name}: accessibility`);
  }
  assert.deepEqual(page.problems, [], `${name}: console`);
  await noSideScroll(page, name);
  const size = page.viewportSize();
  if (size.width > 480) return; // the same page is seen at the phone's width, too
  await page.setViewportSize({ width: 320, height: size.height });
  await noSideScroll(page, `${name} at 320`);
  await page.setViewportSize(size);
}

/** Every mode at every width, in an order in which the width changes seldom. */
const looks = Object.entries(sizes).flatMap(([width, size]) =>
  Object.entries(modes).filter(([mode]) => sizesIn(mode)[width]).map(([mode, letters]) => ({ mode, letters, width, size })));

/**
 * Looks at pages in every mode and width, signed in as the page as is. A path may
 * be a function that leads the page where it returns. The first is asked for anew
 * in each mode, by the cookie, as people get it; the others once, and put into
 * the modes, which are attributes of the document and nothing else (Go holds that:
 * TestAModeIsAnAttributeOfTheDocument). See is called where a look was good.
 */
export async function lookAt(b, base, as, paths, see = async () => {}) {
  const page = await open(b, { base, size: sizes.phone });
  const session = as ? (await as.context().cookies()).filter((c) => c.name === "session") : [];
  if (session.length) await page.context().addCookies(session);
  const bring = async (path) => {
    if (typeof path === "function") return path(page);
    const answer = await page.goto(path);
    assert.ok(answer.status() < 400 || path === nowhere, `${path}: ${answer.status()}`);
    return path;
  };
  for (const [i, path] of paths.entries()) {
    let at;
    for (const { mode, letters, width, size } of looks) {
      await page.setViewportSize(size);
      if (i === 0) await page.context().addCookies([{ name: "mode", value: letters, url: base }]);
      if (i === 0 || !at) at = await bring(path);
      else await wear(page, mode);
      await checkPage(page, `${decodeURI(at)} ${mode} ${width}`, i === 0 || mode === "standard" ? "all" : "looks");
      await see(page, at, mode, width);
    }
    await page.context().clearCookies({ name: "mode" });
  }
  await page.context().close();
}

/** Sees to it that lookAt keeps a picture of each page in the standard mode, where SHOTS says so. */
export const keep = (name) => async (page, at, mode, width) => {
  if (process.env.SHOTS && mode === "standard") await page.screenshot({ path: `${process.env.SHOTS}/${name}${at.replace(/\W/g, "-").slice(0, 60)}-${width}.png`, fullPage: true });
};

/** An address at which there is nothing, whose page is looked at, too. */
export const nowhere = "/nowhere";

/** Puts the page into a mode, as the server does by the cookie. */
function wear(page, mode) {
  return page.evaluate((mode) => {
    const { dataset } = document.documentElement;
    delete dataset.mode;
    delete dataset.contrast;
    if (mode === "elder") dataset.mode = "elder";
    if (mode === "contrast") dataset.contrast = "dark";
  }, mode);
}

/** Lists what axe finds, one line each; a page looked at before has axe in it already. */
export async function violations(page, by = "all") {
  const found = await axe(page, by) ?? await page.evaluate(axeSource).then(() => axe(page, by));
  return found.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n}`));
}

function axe(page, by) {
  return page.evaluate((runOnly) => globalThis.axe?.run(document, { runOnly, resultTypes: ["violations"], preload: false })
    .then((r) => r.violations.map((v) => ({ id: v.id, nodes: v.nodes.map((n) => `${n.target.join(" ")}: ${n.failureSummary}`) }))), rules[by]);
}

async function noSideScroll(page, name) {
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return null;
    const out = [...document.body.querySelectorAll("*")].filter((n) => n.getBoundingClientRect().right > limit + 1 && n.checkVisibility?.() !== false);
    return `${document.documentElement.scrollWidth} > ${limit}: ${out.slice(0, 4).map((n) => n.tagName + "." + n.getAttribute("class")).join(", ")}`;
  });
  assert.equal(wide, null, `${name}: horizontal scroll`);
}

/** Loads path afresh and weighs it: bytes as sent, and the number of requests. */
export async function weigh(b, base, path) {
  const page = await open(b, { base, size: sizes.phone });
  const waiting = [];
  page.on("requestfinished", (r) => waiting.push(r.sizes().then((s) => s.responseBodySize)));
  await page.goto(path, { waitUntil: "networkidle" });
  const bytes = await Promise.all(waiting);
  await page.context().close();
  return { bytes: bytes.reduce((a, n) => a + n, 0), requests: bytes.length };
}

/** Signs in by the form at /signin (fields login and password); throws if it does not let one in. */
export async function signIn(page, login, password) {
  await page.goto("/signin");
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", password);
  await Promise.all([page.waitForNavigation(), page.press("[name=password]", "Enter")]);
  assert.ok(!new URL(page.url()).pathname.startsWith("/signin"), `${login} is not let in`);
}

/** Somebody signed in at a fresh page, which open's options make. */
export async function as(b, base, login, options) {
  const page = await open(b, { base, ...options });
  await signIn(page, login, "Tongban-2026");
  return page;
}

/** Presses what leads to another page. */
export const press = (page, button) => Promise.all([page.waitForNavigation(), page.click(button)]);

/** Reads the page again until the words stand there: news reaches a project a moment later. */
export async function until(page, path, words) {
  for (let i = 0; i < 30; i++) {
    await page.goto(path);
    if (words.test(await page.textContent("main"))) return;
    await page.waitForTimeout(200);
  }
  assert.match(await page.textContent("main"), words);
}

/** Calls the interface as somebody: (login, method, path, body) => what it answers. Signs everybody in once. */
export function caller(base) {
  const tokens = {};
  const send = async (method, path, body, headers = {}) => {
    const r = await fetch(base + "/api/v1" + path, { method, headers: { "Content-Type": "application/json", ...headers }, body: body && JSON.stringify(body) });
    const said = await r.json();
    assert.ok(r.ok, `${method} ${path}: ${JSON.stringify(said)}`);
    return said;
  };
  return async (login, method, path, body) => {
    tokens[login] ??= (await send("POST", "/sessions", { login, password: "Tongban-2026" })).token;
    return send(method, path, body, { Authorization: `Bearer ${tokens[login]}` });
  };
}

/** Types text as an input method does: letters of a composition first, then the words. */
export async function compose(page, selector, letters, words) {
  await page.focus(selector);
  const cdp = await page.context().newCDPSession(page);
  for (let i = 1; i <= letters.length; i++) {
    await cdp.send("Input.imeSetComposition", { text: letters.slice(0, i), selectionStart: i, selectionEnd: i });
  }
  await cdp.send("Input.insertText", { text: words });
}

/**
 * Visits the program: at BASE_URL if that is set, else a fresh one started
 * from TONGBAN_BIN with the sample city on a free port. Call stop at the end.
 * Where it matters whether offices are open, at says when the program begins;
 * later stops it and starts it again, with what it has kept, at another time.
 */
export async function program({ at, data = mkdtempSync(join(tmpdir(), "tongban-browser-")) } = {}) {
  if (process.env.BASE_URL) return { base: process.env.BASE_URL, stop: async () => {} };
  const bin = process.env.TONGBAN_BIN;
  assert.ok(bin, "set TONGBAN_BIN to the built program, or BASE_URL to a running one");
  const port = await freePort();
  const child = spawn(bin, ["serve", "--demo", "--listen", `127.0.0.1:${port}`, "--data", data,
    ...(at ? [`--shift=${Math.round(new Date(at) - Date.now())}ms`] : [])], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (d) => { said += d; });
  child.stderr.on("data", (d) => { said += d; });
  const ended = new Promise((done) => child.once("exit", done));
  const base = `http://127.0.0.1:${port}`;
  const end = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  const stop = async () => {
    await end();
    rmSync(data, { recursive: true, force: true });
  };
  const later = async (at) => {
    await end();
    return program({ at, data });
  };
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) throw new Error(`the program ended by itself:\n${said}`);
    if (await fetch(base + "/static/icon.svg").then((r) => r.ok, () => false)) return { base, stop, later, accounts: () => accounts(said) };
    await new Promise((r) => setTimeout(r, 100));
  }
  await stop();
  throw new Error(`the program did not answer within 30 seconds:\n${said}`);
}

/** The accounts of the sample city, as the program names them when it starts. */
function accounts(said) {
  const [, password = "", list = ""] = said.match(/密码都是 (.+?)）：\n((?: +\S+ .*\n)*)/) || [];
  return { password, logins: list.split("\n").map((l) => l.trim().split(/\s+/)[0]).filter(Boolean) };
}

function freePort() {
  return new Promise((done, fail) => {
    const s = createServer();
    s.once("error", fail);
    s.listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); });
  });
}

/** A second screen (签署屏) beside the clerk's page, paired by the code it shows. */
export async function pairedPad(b, base, clerk, options = {}) {
  const pad = await open(b, { base, ...options });
  await pad.goto("/pad");
  await Promise.all([pad.waitForNavigation(), pad.click("button:has-text('显示配对码')")]);
  await clerk.goto("/window/screen");
  if (await clerk.isVisible("button:has-text('断开这块屏')")) await Promise.all([clerk.waitForNavigation(), clerk.click("button:has-text('断开这块屏')")]);
  await clerk.fill("[name=code]", (await pad.textContent(".big")).replace(/\D/g, ""));
  await Promise.all([clerk.waitForNavigation(), clerk.press("[name=code]", "Enter")]);
  await pad.waitForSelector("h1:has-text('请稍候')");
  return pad;
}

/** Somebody reads what lies on the screen, and signs it by hand. */
export async function signOn(pad) {
  await pad.check("[name=read]", { force: true });
  const box = await pad.locator("canvas").boundingBox();
  await pad.locator("canvas").scrollIntoViewIfNeeded();
  const at = (await pad.locator("canvas").boundingBox()) ?? box;
  await pad.mouse.move(at.x + 30, at.y + 40);
  await pad.mouse.down();
  for (const [x, y] of [[120, 70], [200, 30], [260, 90]]) await pad.mouse.move(at.x + x, at.y + y, { steps: 4 });
  await pad.mouse.up();
  await Promise.all([pad.waitForNavigation(), pad.click("button:has-text('确认签署')")]);
  await pad.waitForSelector("text=已经签好");
}
