// The style guide and the sample of every shell, in every mode and width.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, checkPage, compose, modes, open, program, sizes, sizesIn, weigh } from "./lib.mjs";

let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

const pages = ["/design", "/design?mode=c", "/design/portal", "/design/step", "/design/check", "/design/bench", "/design/desk", "/design/print", "/design/fault"];

for (const [mode, letters] of Object.entries(modes)) {
  for (const [name, size] of Object.entries(sizesIn(mode))) {
    test(`the style guide holds in ${mode} at ${size.width}`, async () => {
      const page = await open(b, { base: site.base, size, mode: letters });
      for (const path of pages) {
        await page.goto(path);
        if (process.env.SHOTS) {
          mkdirSync(process.env.SHOTS, { recursive: true });
          await page.screenshot({ path: join(process.env.SHOTS, `${path.slice(1).replace(/\W+/g, "-")}-${mode}-${name}.png`), fullPage: !path.includes("bench") });
        }
        await checkPage(page, `${path} ${mode} ${name}`);
      }
      await page.context().close();
    });
  }
}

test("the workbench does not scroll as a page at 1366×768", async () => {
  const page = await open(b, { base: site.base });
  await page.goto("/design/bench");
  const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  assert.ok(over <= 0, `the page is ${over} px too tall`);
  await page.context().close();
});

// A short button stood beside its words and a longer one below them, in two cards one above the other.
test("to-do cards lay their buttons out alike on a phone", async () => {
  const page = await open(b, { base: site.base, size: sizes.phone });
  await page.goto("/design");
  const places = await page.evaluate(() => {
    const card = document.querySelector(".todo"), other = card.cloneNode(true);
    other.querySelector(".btn").textContent = "看听证、申请回避";
    card.after(other);
    return [card, other].map((c) => c.querySelector(".btn").getBoundingClientRect().top >= c.querySelector(".g").getBoundingClientRect().bottom);
  });
  assert.deepEqual(places, [true, true]);
  await page.context().close();
});

test("who has the system choose the colours sees pictures and where they are", async () => {
  const page = await open(b, { base: site.base });
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  for (const path of ["/design", "/design/desk", "/design/bench"]) {
    await page.goto(path);
    const dark = await page.evaluate(() => {
      const ink = getComputedStyle(document.body).color, says = [];
      const light = (colour) => (colour.match(/\d+/g) || []).slice(0, 3).reduce((sum, n) => sum + +n, 0);
      for (const text of document.querySelectorAll("main svg text:not(.gn-late)")) if (light(getComputedStyle(text).fill) !== light(ink)) says.push(text.textContent);
      for (const icon of document.querySelectorAll("main svg.i")) if (!icon.closest(".btn-p") && light(getComputedStyle(icon).stroke) < 200) says.push(icon.outerHTML.slice(0, 60));
      for (const here of document.querySelectorAll("[aria-current]")) if (getComputedStyle(here).outlineStyle !== "solid") says.push(here.textContent);
      return says;
    });
    assert.deepEqual(dark, [], path);
  }
  await page.context().close();
});

test("a radio reveals its block without JavaScript", async () => {
  const page = await open(b, { base: site.base, size: sizes.phone, js: false });
  await page.goto("/design/step");
  assert.ok(await page.isVisible("text=请看看对不对"));
  await page.check("input[value=father]", { force: true });
  assert.ok(!(await page.isVisible("text=请看看对不对")));
  await page.context().close();
});

test("the elder mode is switched by a plain link, and comes back to the page", async () => {
  const page = await open(b, { base: site.base, js: false });
  await page.goto("/design");
  await page.click("text=长辈版 >> nth=0");
  assert.equal(await page.getAttribute("html", "data-mode"), "elder");
  await page.context().close();
});

test("half-typed pinyin sends nothing; the finished word sends once", async () => {
  const page = await open(b, { base: site.base });
  await page.goto("/design/desk");
  const asked = [];
  page.on("request", (r) => { if (r.url().includes("/design/hits")) asked.push(r.url()); });
  await page.keyboard.press("/");
  await compose(page, "#palette input", "shipin", "食品");
  await page.waitForTimeout(500);
  assert.equal(asked.length, 1);
  assert.ok(asked[0].endsWith(encodeURIComponent("食品")));
  await page.context().close();
});

test("the palette opens by Ctrl+K, shows what was found, and closes by Escape", async () => {
  const page = await open(b, { base: site.base });
  await page.goto("/design/bench");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("食品");
  await page.waitForSelector("[data-hit]");
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "palette.png") });
  await checkPage(page, "palette");
  await page.keyboard.press("Escape");
  assert.ok(!(await page.isVisible("#palette")));
  await page.context().close();
});

test("a paper prints on one A4 sheet without its buttons", async () => {
  const page = await open(b, { base: site.base });
  await page.goto("/design/print");
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.equal((pdf.match(/\/Type\s*\/Page\b/g) || []).length, 1);
  assert.match(pdf, /MediaBox\s*\[\s*0 0 59[45]/);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.isVisible("text=打印")));
  await page.context().close();
});

test("at twice the size nothing is cut off sideways", async () => {
  const page = await open(b, { base: site.base, size: { width: 683, height: 384 } });
  for (const path of pages) {
    await page.goto(path);
    await checkPage(page, `${path} at 200 %`);
  }
  await page.context().close();
});

test("J and K move along the materials, and a key gives the verdict", async () => {
  const page = await open(b, { base: site.base });
  await page.goto("/design/bench");
  await page.keyboard.press("4");
  assert.ok(await page.isChecked("input[data-rowkey='4']"));
  await page.keyboard.press("j");
  assert.equal(await page.getAttribute("[data-row].sel", "data-row"), "5");
  await page.keyboard.press("k");
  assert.equal(await page.getAttribute("[data-row].sel", "data-row"), "4");
  await page.context().close();
});

test("a citizen's first page weighs at most 60 KB in at most 6 requests", async () => {
  const { bytes, requests } = await weigh(b, site.base, "/design/portal");
  assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
  assert.ok(requests <= 6, `${requests} requests`);
});
