// A case goes through a department: reviewed by several, stopped and resumed,
// decided by two people; by keyboard, and without JavaScript.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, checkPage, lookAt, open, program, signIn } from "./lib.mjs";

const password = "Tongban-2026";
let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

async function as(login, options = {}) {
  const page = await open(b, { base: site.base, ...options });
  await signIn(page, login, password);
  return page;
}

/** Opens the case of an applicant from the list of the agency; returns its path. */
async function find(page, applicant, item, state) {
  await page.goto(`/bureau/done?state=${state}&q=${encodeURIComponent(applicant)}`);
  const href = await page.locator("tr", { hasText: item }).locator("[data-rowopen]").first().getAttribute("href");
  await page.goto(href);
  return href;
}

async function shot(page, name) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.SHOTS, `bureau-${name}.png`), fullPage: page.viewportSize().width < 1000 });
}

/** Presses a key that leads to another page. */
const press = (page, key) => Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);

/** Takes the step by C and agrees by keyboard alone. */
async function review(page, path, step) {
  await page.goto(path);
  const other = page.getByRole("link", { name: `换到${step}` });
  if (await other.count()) await Promise.all([page.waitForNavigation(), other.click()]);
  await press(page, "c");
  await page.focus("#f-opinion-0");
  await page.keyboard.press("Space");
  await press(page, "Control+Enter");
  assert.match(await page.textContent("main"), /已出具审查意见/);
}

test("a parallel approval goes from the inbox to a decision by two people", async () => {
  const one = await as("market-r"), two = await as("market-r2"), fire = await as("fire-r");
  const path = await find(one, "欧阳雪", "食品经营许可", "accepted");
  await one.goto("/bureau?q=" + encodeURIComponent("欧阳雪"));
  await one.keyboard.press("j");
  await one.keyboard.press("j");
  await one.keyboard.press("k");
  await press(one, "Enter");
  assert.ok(one.url().includes(path), one.url());
  await review(one, path, "材料审查");
  await review(one, path, "场所布局审查");
  assert.match(await one.textContent(".rt"), /待第二人签署/);
  await review(two, path, "场所布局审查");
  await review(fire, path, "消防安全核对");
  await review(one, path, "审核");

  const first = await as("market-a"), second = await as("market-a2");
  await first.goto(path);
  await press(first, "c");
  await press(first, "d");
  await checkPage(first, "drawing the decision up");
  await press(first, "Control+Enter");
  assert.match(await first.textContent("#errors"), /请选择准予还是不予/);
  await first.check("input[name=grant][value='1']", { force: true });
  await first.fill("[name=conditions]", "开业前完成食品安全培训");
  await press(first, "Control+Enter");
  assert.match(await first.textContent(".pap"), /附带条件：开业前完成食品安全培训/);
  await checkPage(first, "the decision paper before it is signed");
  await shot(first, "preview");
  await press(first, "Control+Enter");
  assert.match(await first.textContent(".rt"), /待第二人签署/);

  await second.goto(path);
  await press(second, "c");
  await press(second, "d");
  assert.match(await second.textContent("main"), /您是第二签署人/);
  await press(second, "Control+Enter");
  await press(second, "Control+Enter");
  assert.match(await second.textContent(".ch"), /准予/);
  await second.goto(path + "/history");
  assert.match(await second.textContent("main"), /记录完整/);
  for (const page of [one, two, fire, first, second]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

test("a special procedure stops and resumes the clock without JavaScript", async () => {
  const page = await as("market-r", { js: false });
  await find(page, "徐州示例", "生产许可", "accepted");
  await page.click("text=特别程序");
  await page.click("text=启动并告知申请人");
  assert.match(await page.textContent("#errors"), /请选择办事指南列出的特别程序/);
  await page.check("input[name=name]", { force: true });
  await page.fill("textarea[name=reason]", "核实生产场所");
  await page.click("text=启动并告知申请人");
  assert.match(await page.textContent(".ch"), /计时中止/);
  await page.click(".rt >> text=结束");
  await page.fill("textarea[name=result]", "符合要求");
  await page.click("text=结束并恢复计时");
  assert.doesNotMatch(await page.textContent(".ch"), /计时中止/);
  assert.match(await page.textContent(".rt"), /符合要求/);
  await page.context().close();
});

test("another bureau finds nothing", async () => {
  const mine = await as("market-r"), other = await as("sport-r");
  const path = await find(mine, "徐州样本", "生产许可", "accepted");
  const res = await other.goto(path);
  assert.equal(res.status(), 404);
  await mine.context().close();
  await other.context().close();
});

test("the bureau's pages hold in every mode and width", async () => {
  const page = await as("market-r");
  const path = await find(page, "徐州样本", "生产许可", "accepted");
  const pages = ["/bureau", "/bureau/mine", "/bureau/done", "/bureau/standins", "/bureau/checks", path, path + "?do=terminate", path + "?see=form", path + "?see=material", path + "?see=flow",
    path + "?see=papers", path + "?do=close-special&special=s1", path + "/history"];
  await lookAt(b, site.base, page, pages, (eye, at, mode, width) => shot(eye, `${at.replace(path, "case").replace(/\W+/g, "-")}-${mode}-${width}`));
  await page.context().close();
});
