// Walks through the program as nobody and as every account of the sample city,
// following links, and holds each page it comes to.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, checkPage, modes, open, program, signIn, sizesIn, weigh } from "./lib.mjs";

// Pages one sees on a walk: all of them with WALK_PAGES=1000, else the first.
const most = { public: Number(process.env.WALK_PAGES || 24), own: Number(process.env.WALK_PAGES || 10) };
let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

/** What two addresses share if they show the same page of different things. */
const shape = (path) => path.replace(/\?.*/, "?").replace(/[0-9a-f]{8,}|\d+/gi, "#");

// Pages whose accessibility has been looked at: another account's page of the same
// shape is of the same template, and with WALK_PAGES looked at nevertheless.
const known = new Set();

function unknown(path) {
  const is = !known.has(shape(path));
  known.add(shape(path));
  return is || Boolean(process.env.WALK_PAGES);
}

/** Visits from's page and those it leads to, one of each shape; returns their paths. */
async function walk(page, from, name, most) {
  const seen = new Map(), ahead = [from];
  while (ahead.length && seen.size < most) {
    const path = ahead.shift();
    if (seen.has(shape(path))) continue;
    const res = await page.goto(path);
    seen.set(shape(path), path);
    assert.ok(res.status() < 400, `${name}: ${path} answers ${res.status()}; it was led to by ${page.led?.get(path) ?? "the walk"}`);
    if (!(res.headers()["content-type"] || "").startsWith("text/html")) continue;
    await checkPage(page, `${name}: ${path}`, unknown(path) ? "all" : "");
    if (process.env.SHOTS) {
      mkdirSync(process.env.SHOTS, { recursive: true });
      await page.screenshot({ path: join(process.env.SHOTS, `${name} ${path}`.replace(/\W+/g, "-") + ".png"), fullPage: true });
    }
    for (const link of await links(page)) {
      page.led ??= new Map();
      if (!page.led.has(link)) page.led.set(link, path);
      ahead.push(link);
    }
  }
  return [...seen.values()];
}

/** The addresses within the program that the page leads to, but for those that do something or are files. */
function links(page) {
  return page.evaluate(() => [...document.querySelectorAll("a[href]")]
    .filter((a) => a.origin === location.origin && !a.hasAttribute("download") && !/^\/(mode|signout|static|design)/.test(a.pathname) && !/\.\w+$/.test(a.pathname))
    .map((a) => a.pathname + a.search));
}

// Which of the modes and widths: one, for portal.test.mjs holds the public pages
// in all of them; with WALK_PAGES every one.
const walked = (mode, name) => process.env.WALK_PAGES || (mode === "standard" && name === "phone");

for (const [mode, letters] of Object.entries(modes)) {
  for (const [name, size] of Object.entries(sizesIn(mode))) {
    if (!walked(mode, name)) continue;
    test(`every public page holds in ${mode} on a ${name}`, async () => {
      const page = await open(b, { base: site.base, size, mode: letters });
      const paths = await walk(page, "/", `public ${mode} ${name}`, most.public);
      assert.ok(paths.length > 1, "the front page leads nowhere");
      await page.context().close();
    });
  }
}

test("every account of the sample city finds its pages in order", async (t) => {
  const { logins, password } = site.accounts();
  assert.ok(logins.length > 0, "the program names no account");
  for (const login of logins) {
    await t.test(login, async () => {
      const page = await open(b, { base: site.base });
      await signIn(page, login, password);
      await walk(page, new URL(page.url()).pathname, login, most.own);
      await page.context().close();
    });
  }
});

test("the front page weighs at most 60 KB", async () => {
  const { bytes, requests } = await weigh(b, site.base, "/");
  assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
  assert.ok(requests <= 6, `${requests} requests`);
});
