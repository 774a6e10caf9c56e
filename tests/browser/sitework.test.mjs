// Construction projects and joint visits: the steward's board, the handover to
// another steward, the unit's own pages, in every mode.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, checkPage, lookAt, open, program, signIn, sizes } from "./lib.mjs";

let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

/** Looks at pages as somebody in every mode; link names a page that a page leads to, which is opened out. */
async function look(login, paths, link) {
  const person = await open(b, { base: site.base });
  await signIn(person, login, "Tongban-2026");
  const led = async (page) => {
    await page.goto(link.on);
    await page.goto(await page.getAttribute(`main a[href^="${link.to}"]`, "href"));
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    return page.url();
  };
  await lookAt(b, site.base, person, link ? [...paths, led] : paths);
  await person.context().close();
}

const board = "/projects/";

test("the pages of construction projects and joint visits", { timeout: 240_000 }, async () => {
  await look("supervisor", ["/projects", "/projects?show=asking", "/projects/types/industrial"], { on: "/projects", to: board });
  await look("market-r", ["/visits"]);
  await look("limin", ["/my/projects"]);
});

test("a project is given to another steward without JavaScript", { timeout: 120_000 }, async () => {
  const page = await open(b, { base: site.base, size: sizes.phone, js: false });
  await signIn(page, "supervisor", "Tongban-2026");
  await page.goto("/projects");
  await page.goto(await page.getAttribute(`main a[href^="${board}"]`, "href"));
  await page.click("summary:has-text('更换项目管家')");
  const send = () => Promise.all([page.waitForNavigation(), page.click("button:text-is('更换')")]);
  const heir = await page.getAttribute("select[name=to] option[value^='u-']", "value");
  await page.selectOption("select[name=to]", heir);
  await send();
  assert.match(await page.textContent("main"), /请写明为什么换人/);
  assert.equal(await page.isVisible("input[name=reason]"), true, "the form with the fault is open");
  await page.selectOption("select[name=to]", heir);
  await page.fill("input[name=reason]", "调离窗口");
  await send();
  assert.match(await page.textContent("main"), /换为.+：调离窗口/);
  await page.context().close();

  const before = await open(b, { base: site.base, size: sizes.phone });
  await signIn(before, "window1", "Tongban-2026");
  await before.goto("/projects");
  assert.match(await before.textContent("main"), /接替您担任项目管家。原因：调离窗口/);
  await checkPage(before, "the one before is told");
  await before.click("a:has-text('接替您担任项目管家')");
  await before.waitForLoadState();
  await checkPage(before, "the board says so too");
  await Promise.all([before.waitForNavigation(), before.click("button:text-is('知道了')")]);
  await before.goto("/projects");
  assert.doesNotMatch(await before.textContent("main"), /项目管家有变动/);
  await before.context().close();
});
