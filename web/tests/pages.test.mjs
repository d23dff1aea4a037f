// Every page of every role: no error in the console, nothing that axe-core finds, no page wider than the screen.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { logIn, openDesk } from './desk.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const widths = [1280, 390];
const pictures = process.env.DESK_PICTURES; // a folder: keeps what each page looks like

const pages = {
  beheerder: ['/vandaag', '/regels', '/beheer', '/beheer?deel=logboek', '/beheer?deel=systeem', '/beheer?deel=zichtbaarheid'],
  declarant: ['/vandaag', '/werkvoorraad', '/zwangerschap', '/declaraties', '/berichten', '/deelnemers', '/verdeling', '/grootboek', '/grootboek?account=', '/regels'],
  controller: ['/vandaag', '/verdeling', '/verdeling?a=geldend&b=geldend', '/grootboek'],
  deelnemer: ['/mijn-praktijk?period=2017'],
  verzekeraar: ['/mijn-verzekerden'],
  onderzoeker: ['/cijfers', '/regels'],
};

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

async function look(page, path, role, width) {
  await page.goto(desk.address + path);
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.desk-loading') === null);
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/${role}${path.replaceAll(/[/?=&]/g, '_')}-${width}.png`, fullPage: true });
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${path} at ${width} is ${overflow} pixels too wide`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  const problems = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target + ' ' + node.failureSummary).slice(0, 3).join(' | ')}`);
  assert.deepEqual(problems, [], `${path} at ${width}`);
}

// Links of a list lead to pages of one thing: the first of each.
async function details(page) {
  const found = [];
  for (const [list, first] of [
    ['/zwangerschap', '/zwangerschap/'],
    ['/declaraties', '/declaraties/'],
    ['/berichten', '/berichten/'],
    ['/regels', '/regels/'],
  ]) {
    await page.goto(desk.address + list);
    const link = page.locator(`table a[href^="${first}"]`).first();
    await link.waitFor();
    found.push(await link.getAttribute('href'));
  }
  return found;
}

for (const [role, paths] of Object.entries(pages)) {
  test(`pages of ${role}`, async () => {
    const context = await desk.browser.newContext({ locale: 'nl-NL' });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && !/401/.test(message.text()) && errors.push(message.text()));
    await logIn(page, desk, role);
    const all = role === 'declarant' ? [...paths, ...(await details(page))] : paths;
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of all) await look(page, path, role, width);
    }
    assert.deepEqual(errors, []);
    await context.close();
  });
}
