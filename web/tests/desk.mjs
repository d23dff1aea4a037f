// A desk for the tests: `bundel serve` on a copy of a data directory, and a browser.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const password = 'een-eigen-geheim';

// DESK_PROGRAM is bundel, DESK_DATA a data directory that is copied.
export async function openDesk() {
  const program = process.env.DESK_PROGRAM;
  const folder = mkdtempSync(join(tmpdir(), 'bureau-'));
  const data = join(folder, 'data');
  cpSync(process.env.DESK_DATA, data, { recursive: true });
  rmSync(join(data, 'bureau.db'), { force: true });
  const args = ['serve', '--data', data, '--listen', '127.0.0.1:0', '--as-of', process.env.DESK_DAY ?? '2026-03-01'];
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
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
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
  await page.getByLabel('Wachtwoord', { exact: true }).fill(known ? password : desk.once[name]);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  if (!known) {
    await page.getByLabel('Wachtwoord nu').fill(desk.once[name]);
    await page.getByLabel('Nieuw wachtwoord').fill(password);
    await page.getByRole('button', { name: 'Wijzigen' }).click();
    (desk.changed ??= new Set()).add(name);
  }
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
}
