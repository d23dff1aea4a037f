// What people come to do, end to end against the running program, on the two women of smallRegion(). The stories follow
// one another: what one leaves behind the next finds.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { logIn, openDesk, password, smallRegion } from './desk.mjs';

const reduced = 'BD0000000002';
const bsn = '900027009'; // a test number
const day = '2018-02-20';

let desk;
before(async () => {
  desk = await openDesk(smallRegion, day);
});
after(() => desk?.close());

// A browser of one person; errors in its console fail the story, but for the answers that the story asks for.
function story(name, role, walk, expected = /401/) {
  test(name, { timeout: 180000 }, async () => {
    const context = await desk.browser.newContext({ locale: 'nl-NL', viewport: { width: 1280, height: 900 }, acceptDownloads: true });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && !expected.test(message.text()) && errors.push(message.text()));
    try {
      if (role) await logIn(page, desk, role);
      await walk(page);
      assert.deepEqual(errors, []);
    } finally {
      await context.close();
    }
  });
}

const open = async (page, path) => {
  await page.goto(desk.address + path);
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => !document.querySelector('.desk-loading, [aria-busy=true]'));
};

const focused = (page) => page.evaluate(() => (document.activeElement.innerText || document.activeElement.getAttribute('name') || document.activeElement.tagName).trim());

// Tab until the focus is on what is looked for; a keyboard user has no other way.
async function tabTo(page, isIt, most = 80) {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    const there = await focused(page);
    if (isIt(there)) {
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, 'none', `the focus on "${there}" cannot be seen`);
      return;
    }
  }
  assert.fail(`not reached by ${most} tabs; the focus is on "${await focused(page)}"`);
}

const questionsLeft = async (page) => Number((await page.locator('p[role=status]', { hasText: 'in totaal' }).first().innerText()).match(/^\d+/)[0]);

story('first login with the one-time password, to Vandaag', null, async (page) => {
  await page.goto(desk.address + '/declaraties');
  await page.getByLabel('Naam').fill('declarant');
  await page.getByLabel('Wachtwoord', { exact: true }).fill('niet-het-wachtwoord');
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await page.getByRole('alert').getByText('naam of wachtwoord klopt niet').waitFor();
  await logIn(page, desk, 'declarant');
  await page.getByRole('link', { name: 'Vandaag' }).click();
  await page.getByRole('heading', { level: 1, name: 'Vandaag' }).waitFor();
  assert.equal(await focused(page), 'Vandaag', 'the focus is on the title of the page');
  assert.match(await page.title(), /^Vandaag/);
});

story('by keyboard alone: work list, question, answer, counted down, withdrawn', null, async (page) => {
  await page.goto(desk.address + '/');
  await page.getByLabel('Naam').waitFor();
  await tabTo(page, (there) => there === 'name');
  await page.keyboard.type('declarant');
  await tabTo(page, (there) => there === 'password');
  await page.keyboard.type(desk.own?.declarant ?? password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
  await page.keyboard.press('Shift+Tab'); // from the title back to the menu
  await tabTo(page, (there) => there === 'Naar de inhoud' || there === 'Werkvoorraad');
  if ((await focused(page)) !== 'Werkvoorraad') await tabTo(page, (there) => there === 'Werkvoorraad');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Werkvoorraad' }).waitFor();
  await page.getByRole('table').first().waitFor();
  const before = await questionsLeft(page);
  await tabTo(page, (there) => there.startsWith('de declaratie is met een ander bedrag goedgekeurd'));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Antwoord vastleggen' }).waitFor();
  const mine = page.url();
  await page.keyboard.press('k');
  await page.waitForURL((url) => url.href !== mine);
  await page.getByRole('heading', { level: 1, name: /loopt over fasen/ }).waitFor();
  await page.keyboard.press('j');
  await page.waitForURL(mine);
  await page.getByRole('button', { name: 'Antwoord vastleggen' }).waitFor();
  await page.keyboard.press('a');
  assert.equal(await focused(page), 'verdict');
  await page.keyboard.press('ArrowDown'); // from sending again to: it is right
  await tabTo(page, (there) => there === 'reason');
  await page.keyboard.type('Tien euro eigen bijdrage, nagevraagd');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: `Vastgelegd. Nog ${before - 1} op de werkvoorraad.` }).waitFor();
  await open(page, '/werkvoorraad');
  assert.equal(await questionsLeft(page), before - 1);
  await tabTo(page, (there) => there.startsWith('Intrekken'));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null), 'the dialog keeps the focus');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.match(await focused(page), /^Intrekken/, 'the focus is back on what opened the dialog');
  await page.keyboard.press('Enter');
  await tabTo(page, (there) => there === 'reason');
  await page.keyboard.type('Toch niet nagevraagd');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'De uitspraak is ingetrokken.' }).waitFor();
  await page.getByRole('table', { name: 'Uitspraken' }).getByText('ingetrokken').waitFor();
  assert.equal(await focused(page), 'Uitspraken');
  await page.getByRole('table', { name: 'Werkvoorraad' }).getByText('ander bedrag').waitFor();
  assert.equal(await questionsLeft(page), before);
});

story('single keys can be switched off', 'declarant', async (page) => {
  await open(page, '/werkvoorraad');
  await page.getByRole('link', { name: /ander bedrag/ }).click();
  await page.getByRole('button', { name: 'Antwoord vastleggen' }).waitFor();
  const mine = page.url();
  await page.getByLabel(/Sneltoetsen/).uncheck();
  await page.locator('h1').focus();
  await page.keyboard.press('k');
  await page.keyboard.press('a');
  assert.equal(page.url(), mine);
  assert.notEqual(await focused(page), 'verdict');
});

story('a reduced claim is sent again: credited first', 'declarant', async (page) => {
  await open(page, '/declaraties');
  await page.getByLabel('Stand').selectOption('approved_other_amount');
  await page.getByRole('button', { name: 'Tonen' }).click();
  await page.waitForURL(/state=approved_other_amount/);
  await page.getByRole('link', { name: reduced }).click();
  await page.getByRole('heading', { level: 1, name: `Declaratie ${reduced}` }).waitFor();
  await page.getByRole('link', { name: /ander bedrag goedgekeurd/ }).click();
  await page.getByLabel('Nog één keer versturen').check();
  await page.getByLabel(/^Reden/).fill('De verzekeraar gaf toe dat het een fout was');
  await page.getByRole('button', { name: 'Antwoord vastleggen' }).click();
  await page.getByRole('status').filter({ hasText: 'Vastgelegd.' }).waitFor();
  await open(page, '/vandaag');
  await page.getByRole('button', { name: 'Verwerken' }).click();
  await page.getByText(/Laatste verwerking:/).waitFor({ timeout: 120000 });
  await open(page, '/declaraties?state=sent');
  await page.getByRole('cell', { name: 'integraal, credit' }).first().waitFor();
});

story('a broken bundle is explained', 'declarant', async (page) => {
  await open(page, '/zwangerschap');
  const links = page.locator('table a[href^="/zwangerschap/"]');
  for (const href of await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')))) {
    await open(page, href);
    if ((await page.getByText('MONO', { exact: true }).count()) === 0) continue;
    const why = page.locator('details').filter({ hasText: /Waarom: .* fase: MONO/ }).first();
    await why.locator('summary').click();
    assert.match(await why.innerText(), /buiten|08000103|geen deelnemer/i);
    assert.match(await why.innerText(), /Dichtstbijzijnde andere uitkomst/);
    const picture = page.locator('.desk-picture svg').first();
    assert.ok((await picture.locator('> title').count()) === 1 && (await picture.locator('> desc').count()) === 1);
    return;
  }
  assert.fail('no woman with a MONO phase');
});

story('a participant gets nothing of another', 'deelnemer', async (page) => {
  for (const path of ['/zwangerschap', '/declaraties', '/grootboek', '/beheer', '/werkvoorraad']) {
    await page.goto(desk.address + path);
    await page.waitForURL(/\/mijn-praktijk$/);
  }
  const statuses = await page.evaluate(
    (paths) => Promise.all(paths.map((path) => fetch('/api/v1' + path).then((response) => response.status))),
    ['/women', '/claims', '/claims/53000001/BD0000000002', '/ledger/entries', '/people', '/audit', '/questions', '/division/shares'],
  );
  assert.deepEqual([...new Set(statuses)], [403]);
  const lines = await page.evaluate(() => fetch('/api/v1/mine/lines?limit=500').then((response) => response.json()));
  const scope = await page.evaluate(() => fetch('/api/v1/session').then((response) => response.json()).then((session) => session.scope));
  assert.ok(lines.total > 0);
  assert.ok(lines.items.every((line) => line.line.startsWith(scope)));
}, /401|403/);

story('a file is brought: outcome with findings, and the second time it was known', 'declarant', async (page) => {
  await open(page, '/berichten');
  const file = { name: 'maan-2018-03-05.txt', mimeType: 'text/plain', buffer: readFileSync(new URL('../../docs/tutorial/files/maan-2018-03-05.txt', import.meta.url)) };
  await page.locator('input[type=file]').setInputFiles(file);
  const outcome = page.getByRole('status').filter({ hasText: file.name });
  await outcome.getByText(/verwerkt, \d+ regels/).waitFor({ timeout: 60000 });
  assert.ok((await outcome.getByRole('listitem').count()) > 0, 'with its findings');
  await page.locator('input[type=file]').setInputFiles(file);
  await outcome.getByText('was al bekend').waitFor({ timeout: 60000 });
  await open(page, '/berichten?search=maan-2018-03');
  await page.getByRole('link', { name: file.name }).click();
  await page.getByRole('heading', { name: 'Zoals het er staat' }).first().waitFor();
  assert.doesNotMatch(await page.locator('main').innerText(), /\b9000\d{5}\b/, 'no BSN on the page');
});

story('a BSN is shown for a reason, once', 'declarant', async (page) => {
  await open(page, '/zwangerschap');
  await page.getByRole('search').getByRole('textbox').fill(bsn);
  await page.getByRole('button', { name: 'Zoeken' }).click();
  await page.getByRole('heading', { level: 1, name: /^Vrouw / }).waitFor();
  assert.doesNotMatch(page.url(), new RegExp(bsn), 'a BSN is in no address');
  await page.getByRole('button', { name: 'Toon een persoonsgegeven' }).click();
  await page.getByLabel(/^Reden/).fill('telefonische vraag van de praktijk');
  await page.getByRole('dialog').getByRole('button', { name: 'Tonen' }).click();
  await page.getByRole('dialog').getByText(`BSN: ${bsn}`).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Sluiten' }).click();
  assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(bsn));
});

story('the log holds that reason and not the BSN', 'beheerder', async (page) => {
  await open(page, '/beheer?deel=logboek');
  const row = page.getByRole('row').filter({ hasText: 'persoonsgegeven getoond' }).first();
  await row.waitFor();
  assert.match(await row.innerText(), /telefonische vraag van de praktijk/);
  assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(bsn));
  await page.getByText('De keten van het logboek is heel.').waitFor();
});

story('two models compared: a table beside the picture', 'controller', async (page) => {
  await open(page, '/verdeling');
  await page.getByRole('button', { name: 'Vergelijken' }).click();
  await page.getByRole('group', { name: 'Per deelnemer' }).first().waitFor({ timeout: 120000 });
  await page.getByRole('columnheader', { name: 'Interval van 95%' }).first().waitFor();
  assert.match(page.url(), /a=.*b=/);
});

story('from a total of the ledger to the claim', 'controller', async (page) => {
  await open(page, '/grootboek');
  await page.locator('table a[href^="/grootboek?deel=boekingen&account="]').first().click();
  await page.getByRole('heading', { level: 1, name: /^Boekingen op / }).waitFor();
  await page.goto(desk.address + '/grootboek?deel=boekingen');
  await page.locator('table a[href^="/declaraties/"]').first().click();
  await page.getByRole('heading', { level: 1, name: /^Declaratie / }).waitFor();
});

story('another rulebook: what it would change, in euros', 'controller', async (page) => {
  await open(page, '/regels');
  await page.getByRole('link', { name: 'lang-wachten' }).click();
  await page.getByText(/Verschil in integrale declaraties: €\s-[1-9]/).waitFor({ timeout: 60000 });
  await page.getByRole('group', { name: 'Gedeclareerde waarde per deelnemer' }).getByText('Praktijk Maan (08000102)').waitFor();
  await page.getByRole('group', { name: /De eerste \d+ fasen/ }).getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: /^Vrouw / }).waitFor();
});

story('claims of one insurer, chosen by its name', 'declarant', async (page) => {
  await open(page, '/declaraties');
  const field = page.getByLabel('UZOVI');
  const list = await field.getAttribute('list');
  assert.equal(await page.locator(`#${list} option[value="9101"]`).textContent(), 'Verzekeraar Noord');
  await field.fill('9101');
  await page.getByRole('button', { name: 'Tonen' }).click();
  await page.getByRole('cell', { name: 'Verzekeraar Noord (9101)' }).first().waitFor();
});

story('lists download as CSV and XLSX', 'declarant', async (page) => {
  await open(page, '/declaraties');
  for (const [name, starts] of [['CSV', /^[\ufeff\w]/], ['XLSX', /^PK/]]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: new RegExp(`Download als ${name}`) }).click()]);
    assert.match(readFileSync(await download.path(), 'utf8').slice(0, 4), starts, name);
  }
});

story('an account: made, used, switched off', 'beheerder', async (page) => {
  const name = 'jansen-' + Math.random().toString(36).slice(2, 8);
  await open(page, '/beheer');
  await page.getByLabel('Naam').fill(name);
  await page.getByLabel('Rol').selectOption('declarant');
  await page.getByRole('button', { name: 'Account maken' }).click();
  const told = await page.getByRole('status').filter({ hasText: `Eenmalig wachtwoord van ${name}` }).innerText();
  const once = told.match(/: (\S+?)\. /)[1];
  const other = await desk.browser.newContext({ locale: 'nl-NL' });
  const theirs = await other.newPage();
  await logIn(theirs, { address: desk.address, once: { [name]: once } }, name);
  await page.getByRole('button', { name: `Uitzetten ${name}` }).click();
  await page.getByRole('button', { name: `Aanzetten ${name}` }).waitFor();
  // Whoever is in the middle of something hears why, and comes back where he was.
  await theirs.getByRole('link', { name: 'Declaraties' }).click();
  await theirs.getByText('Uw sessie is afgelopen.').waitFor();
  await theirs.getByLabel('Naam').fill(name);
  await theirs.getByLabel('Wachtwoord', { exact: true }).fill(password);
  await theirs.getByRole('button', { name: 'Inloggen' }).click();
  await theirs.getByRole('alert').getByText('naam of wachtwoord klopt niet').waitFor();
  assert.match(theirs.url(), /\/declaraties$/);
  await other.close();
});

story('a desk that is away says so, and comes back', 'declarant', async (page) => {
  const cut = (route) => route.abort();
  await page.route('**/api/v1/**', cut);
  await page.getByRole('link', { name: 'Declaraties' }).click();
  await page.getByRole('alert').getByText('Het bureau is niet bereikbaar').waitFor();
  await page.goto(desk.address + '/declaraties');
  await page.getByRole('alert').getByText('Het bureau is niet bereikbaar').waitFor();
  await page.unroute('**/api/v1/**', cut);
  await page.getByRole('button', { name: 'Opnieuw proberen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Declaraties' }).waitFor();
}, /401|Failed to load resource/);
