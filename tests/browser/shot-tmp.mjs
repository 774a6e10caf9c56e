import { browser, open, sizes, violations } from "./lib.mjs";
import fs from "node:fs";
const base = process.env.BASE || "http://127.0.0.1:8101";
const b = await browser();
const who = process.argv[2], mode = process.argv[3] || "", size = process.argv[4] || "phone";
const page = await open(b, { base, size: sizes[size], mode });
if (who !== "-") {
  await page.goto("/signin");
  await page.fill("#f-login", who); await page.fill("#f-password", "Tongban-2026");
  await page.click("main form .btn-p");
}
for (const spec of process.argv.slice(5)) {
  const [path, name] = spec.split("=>");
  await page.goto(path);
  await page.screenshot({ path: `/tmp/shots/${name}-${size}${mode}.png`, fullPage: true });
  const v = await violations(page);
  console.log(name, page.url(), v.length ? v : "ok", page.problems.splice(0));
}
await b.close();
