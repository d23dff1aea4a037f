// A desk for the tests: a browser, and `bundel serve` on a copy of a data directory.
//   DESK_PROGRAM    bundel
//   DESK_DATA       the data directory for pages.test.mjs; DESK_DAY the day it is looked at (2026-03-01)
//   DESK_URL        instead: a desk that runs already, with DESK_PASSWORDS as JSON, {"declarant": "...", ...}
//   CHROMIUM        the browser (/usr/bin/chromium)
//   DESK_PICTURES   a folder: keeps what each page looks like
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const password = 'een-eigen-geheim';

const browse = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

// A desk of somebody else: nothing is started and nothing is changed but what the stories do.
async function visitDesk() {
  const browser = await browse();
  const own = JSON.parse(process.env.DESK_PASSWORDS ?? '{}');
  return { address: process.env.DESK_URL.replace(/\/$/, ''), own, changed: new Set(Object.keys(own)), once: {}, browser, close: () => browser.close() };
}

// Two women of the how-to "answer a question": one bundle approved with ten euros less, one broken by care outside. With
// names, and a rulebook to compare with under which a postnatal phase waits longer.
export function smallRegion(data) {
  const root = new URL('../..', import.meta.url).pathname;
  const files = 'docs/tutorial/files';
  const bundel = (...words) => execFileSync(process.env.DESK_PROGRAM, words, { cwd: root, env: { ...process.env, BUNDEL_DATA: data }, stdio: 'pipe' });
  bundel('init', '--example', data);
  bundel('import', 'examples/delta/regio', '--received', '2017-01-05');
  bundel('import', `${files}/inschrijvingen.csv`, `${files}/uitkomsten.csv`, `${files}/buitenpraktijk-2017-12-05.txt`, '--received', '2017-12-05');
  bundel('import', `${files}/maan-2018-01-05.txt`, `${files}/ster-2018-01-05.txt`, '--received', '2018-01-05');
  bundel('run', '--as-of', '2018-02-01');
  bundel('answers', `${files}/antwoord-9101-2018-02-15.txt`, `${files}/antwoord-9201-2018-02-15.txt`, '--received', '2018-02-15');
  bundel('run', '--as-of', '2018-02-15');
  writeFileSync(join(data, 'namen.csv'), 'code;naam\r\n08000102;Praktijk Maan\r\n9101;Verzekeraar Noord\r\n');
  const other = join(data, 'regelvoorstellen/lang-wachten');
  cpSync(join(data, 'regelboek'), other, { recursive: true });
  const regime = join(other, 'regimes/2017.toml');
  writeFileSync(regime, readFileSync(regime, 'utf8').replace(/^(postnatal = \{ value = )30\b/m, '$1300'));
}

const copied = (data) => {
  cpSync(process.env.DESK_DATA, data, { recursive: true });
  rmSync(join(data, 'bureau.db'), { force: true });
};

export async function openDesk(fill = copied, day = process.env.DESK_DAY ?? '2026-03-01') {
  if (process.env.DESK_URL) return visitDesk();
  const program = process.env.DESK_PROGRAM;
  const folder = mkdtempSync(join(tmpdir(), 'bureau-'));
  const data = join(folder, 'data');
  fill(data);
  const args = ['serve', '--data', data, '--listen', '127.0.0.1:0', '--as-of', day];
  const process_ = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const address = await new Promise((found, failed) => {
    process_.stdout.on('data', (piece) => {
      said += piece;
      const match = said.match(/http:\/\/[\d.:]+\//);
      if (match) found(match[0].slice(0, -1));
    });
    process_.on('exit', (code) => failed(new Error(`bundel serve ended with ${code}: ${said}`)));
  });
  const once = Object.fromEntries([...said.matchAll(/Account (\w+), eenmalig wachtwoord: (\w+)/g)].map(([, name, word]) => [name, word]));
  const browser = await browse();
  return {
    address,
    data,
    once,
    browser,
    said: () => said,
    close: async () => {
      await browser.close();
      process_.removeAllListeners('exit');
      const ended = new Promise((done) => process_.on('exit', done));
      process_.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// Logs in, and the first time changes the one-time password; all by what a person can see and type.
export async function logIn(page, desk, name) {
  const known = desk.changed?.has(name);
  await page.goto(desk.address + '/');
  await page.getByLabel('Naam').fill(name);
  await page.getByLabel('Wachtwoord', { exact: true }).fill(desk.own?.[name] ?? (known ? password : desk.once[name]));
  await page.getByRole('button', { name: 'Inloggen' }).click();
  if (!known) {
    await page.getByLabel('Wachtwoord nu').fill(desk.once[name]);
    await page.getByLabel('Nieuw wachtwoord').fill(password);
    await page.getByRole('button', { name: 'Wijzigen' }).click();
    (desk.changed ??= new Set()).add(name);
  }
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
}
