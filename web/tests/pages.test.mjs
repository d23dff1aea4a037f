// Every page of every role: no error in the console, nothing that axe-core finds, no page wider than the screen.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { logIn, openDesk } from './desk.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const widths = [1280, 390];
const pictures = process.env.DESK_PICTURES;

const pages = {
  beheerder: ['/vandaag', '/regels', '/beheer', '/beheer?deel=logboek', '/beheer?deel=systeem', '/beheer?deel=zichtbaarheid'],
  declarant: ['/vandaag', '/werkvoorraad', '/zwangerschap', '/declaraties', '/berichten', '/deelnemers', '/verdeling', '/grootboek', '/grootboek?deel=boekingen', '/regels'],
  controller: ['/vandaag', '/werkvoorraad', '/verdeling', '/verdeling?a=geldend&b=geldend', '/grootboek'],
  deelnemer: ['/mijn-praktijk', `/mijn-praktijk?period=${process.env.DESK_PERIOD ?? '2017'}`],
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
  await judge(page, path, role, width);
}

async function judge(page, path, role, width) {
  await page.locator('h1').waitFor();
  await page.waitForLoadState('load');
  // A heavy view may be worked out for a while on a busy machine.
  await page.waitForFunction(() => !document.querySelector('.desk-loading, [aria-busy=true]'), null, { timeout: 120000 });
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/${role}${path.replaceAll(/[/?=&]/g, '_')}-${width}.png`, fullPage: true });
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${path} at ${width} is ${overflow} pixels too wide`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ rules: { 'target-size': { enabled: true } } }));
  const problems = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target + ' ' + node.failureSummary).slice(0, 3).join(' | ')}`);
  assert.deepEqual(problems, [], `${path} at ${width}`);
}

// Links of a list lead to pages of one thing: the first of each. A work list may be empty.
async function details(page) {
  const found = [];
  await page.goto(desk.address + '/werkvoorraad');
  await page.getByText('in totaal').first().waitFor();
  found.push(...(await page.locator('table a[href^="/werkvoorraad/"]').evaluateAll((all) => all.slice(0, 1).map((one) => one.getAttribute('href')))));
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

test('logging in, an own password, a dialog', async () => {
  for (const width of widths) {
    const context = await desk.browser.newContext({ locale: 'nl-NL', viewport: { width, height: 900 } });
    const page = await context.newPage();
    await look(page, '/', 'inloggen', width);
    if (desk.once.controller && width === widths[0]) {
      await page.getByLabel('Naam').fill('controller');
      await page.getByLabel('Wachtwoord', { exact: true }).fill(desk.once.controller);
      await page.getByRole('button', { name: 'Inloggen' }).click();
      await page.getByLabel('Nieuw wachtwoord').waitFor();
      for (const one of widths) {
        await page.setViewportSize({ width: one, height: 900 });
        await judge(page, '/wachtwoord', 'controller', one);
      }
      await context.clearCookies();
      await page.setViewportSize({ width, height: 900 });
    }
    await logIn(page, desk, 'declarant');
    await page.goto(desk.address + '/zwangerschap');
    await page.locator('table a[href^="/zwangerschap/"]').first().click();
    await page.getByRole('button', { name: 'Toon een persoonsgegeven' }).click();
    await judge(page, '/tonen', 'declarant', width);
    await context.close();
  }
});

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
