// The screen that stands towards the applicant (签署屏): in every mode and at the
// width of a kiosk, by hand and, without JavaScript, by name.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, checkPage, modes, open, pairedPad, program, signIn, sizes, sizesIn } from "./lib.mjs";

let b, site, password;
before(async () => { site = await program({ at: "2026-11-16T10:00:00+08:00" }); b = await browser(); password = site.accounts().password; });
after(async () => { await b?.close(); await site?.stop(); });

const filing = "/window/file?party=p-limin&item=social-card&s.七岁以下=否&s.监护人代办=否";

async function look(page, name) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
}

/** The clerk takes down a social card, and leaves everything to be signed. */
async function takenDown(page) {
  await page.goto(filing);
  await page.fill("[name='answers.持卡人姓名']", "李敏");
  await page.fill("[name='answers.持卡人公民身份号码']", "320399199003070025");
  await page.selectOption("[name='answers.发卡银行']", "中国银行");
  await page.selectOption("[name='answers.领取方式']", "银行网点领取");
  for (const name of ["v.m1", "v.m2"]) await page.locator(`[name="${name}"][value=complete]`).dispatchEvent("click");
}

test("without JavaScript the applicant asks for a change, and then signs by name", async () => {
  const clerk = await open(b, { base: site.base, js: false });
  await signIn(clerk, "window1", password);
  const pad = await open(b, { base: site.base, js: false, size: sizes.phone });
  await pad.goto("/pad");
  await pad.click("button:has-text('显示配对码')");
  await clerk.goto("/window/screen");
  await clerk.fill("[name=code]", await pad.textContent(".big"));
  await clerk.click("button:has-text('配对')");
  await takenDown(clerk);
  await clerk.click("button:has-text('送签署屏')");
  assert.match(await clerk.textContent("#signing"), /等待签署/);
  assert.equal(await clerk.inputValue("[name='answers.持卡人姓名']"), "李敏", "what was typed stays");
  await pad.goto("/pad");
  await pad.click("summary:has-text('有不对的地方')");
  await pad.fill("[name=say]", "想到社区领取");
  await pad.click("button:has-text('请工作人员修改')");
  assert.match(await pad.textContent("main"), /已经告诉工作人员/);
  await clerk.click("button:has-text('看签好了没有')");
  assert.match(await clerk.textContent("#signing"), /请求修改[\s\S]*想到社区领取/);
  await clerk.click("button:has-text('重新送签署屏')");
  await pad.goto("/pad");
  await pad.check("[name=read]");
  await pad.fill("[name='signed.typed']", "李敏");
  await pad.click("button:has-text('确认签署')");
  await pad.goto("/pad");
  assert.match(await pad.textContent("main"), /已经签好/, "looked at anew, the screen still says so");
  await clerk.click("button:has-text('看签好了没有')");
  assert.match(await clerk.textContent("#signing"), /李敏 已输入姓名确认/);
  await clerk.click("button:has-text('提交并受理')");
  assert.match(await clerk.textContent(".rt"), /已受理/);
  await clerk.context().close();
  await pad.context().close();
});

const kiosk = { width: 1080, height: 1920 };

test("the screen holds in every mode and width", async (t) => {
  const clerk = await open(b, { base: site.base });
  await signIn(clerk, "window1", password);
  for (const [mode, letters] of Object.entries(modes)) {
    for (const [name, size] of Object.entries(mode === "standard" ? { ...sizes, kiosk } : sizesIn(mode))) {
      await t.test(`${mode} at ${size.width}`, async () => {
        const pad = await pairedPad(b, site.base, clerk, { size, mode: letters });
        await checkPage(pad, `waiting ${mode} ${name}`);
        await takenDown(clerk);
        await clerk.click("button:has-text('送签署屏')");
        await pad.waitForSelector("h1:has-text('请看、请签')");
        await checkPage(pad, `reading ${mode} ${name}`);
        await look(pad, `pad-${mode}-${name}`);
        await pad.click("button:has-text('确认签署')");
        assert.match(await pad.textContent("main"), /处需要修改/);
        await checkPage(pad, `refused ${mode} ${name}`);
        await pad.context().close();
      });
    }
  }
  await clerk.context().close();
});
