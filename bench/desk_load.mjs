// How long the pages of a desk take: each alone, then 50 users at once that look around, 1,000 requests, with and
// without time to read. On a copy of nothing: it only looks.
//   node bench/desk_load.mjs PROGRAM DATA [AS_OF]     DATA: an example directory that no desk has opened yet
import { spawn } from 'node:child_process';
import http from 'node:http';

const [program, data, asOf = '2026-03-01'] = process.argv.slice(2);
const users = 50;
const requests = 1000;
const alone = 30;
const password = 'een-eigen-geheim';

const desk = spawn(program, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--as-of', asOf], { stdio: ['ignore', 'pipe', 'inherit'] });
let said = '';
process.on('uncaughtException', (error) => {
  console.error(error);
  desk.kill('SIGTERM');
  process.exit(1);
});
const port = await new Promise((found) => {
  desk.stdout.on('data', (piece) => {
    said += piece;
    const match = said.match(/http:\/\/127\.0\.0\.1:(\d+)\//);
    if (match) found(Number(match[1]));
  });
});

const agent = new http.Agent({ keepAlive: true, maxSockets: users });
function ask(method, path, cookie, body, extra = {}) {
  return new Promise((done, failed) => {
    const headers = { Accept: 'application/json', ...(cookie ? { Cookie: cookie } : {}), ...extra };
    if (body) Object.assign(headers, { 'Content-Type': 'application/json', 'Idempotency-Key': String(Math.random()) });
    const request = http.request({ port, host: '127.0.0.1', agent, method, path: '/api/v1' + path, headers }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => done({ status: answer.statusCode, cookie: answer.headers['set-cookie']?.[0].split(';')[0], text: Buffer.concat(pieces).toString() }));
    });
    request.on('error', failed);
    request.end(body ? JSON.stringify(body) : undefined);
  });
}

async function logIn(role) {
  const once = said.match(new RegExp(`Account ${role}, eenmalig wachtwoord: (\\w+)`))[1];
  const first = await ask('POST', '/session', '', { name: role, password: once });
  const csrf = JSON.parse(first.text).csrf;
  const changed = await ask('POST', '/session/password', first.cookie, { old: once, new: password }, { 'X-CSRF-Token': csrf });
  if (changed.status !== 200) throw new Error(changed.text);
  return changed.cookie ?? first.cookie;
}

const cookies = {};
for (const role of ['declarant', 'controller', 'beheerder', 'verzekeraar', 'deelnemer', 'onderzoeker']) cookies[role] = await logIn(role);
const items = async (path) => JSON.parse((await ask('GET', path, cookies.declarant)).text).items;
const one = (list) => list[Math.floor(Math.random() * list.length)];
const upTo = (most) => Math.floor(Math.random() * most);

const women = (await items('/women?limit=200')).map((row) => row.id);
const claims = await items('/claims?limit=200');
const messages = (await items('/messages?limit=100')).map((row) => row.id);
const questions = (await items('/questions?limit=100')).map((row) => row.id);
const accounts = JSON.parse((await ask('GET', '/ledger/accounts?limit=200', cookies.controller)).text).items.map((row) => row.account);

const pages = [
  ['Vandaag', 'declarant', () => '/today'],
  ['Werkvoorraad', 'declarant', () => `/questions?limit=50&offset=${upTo(1000)}`],
  ['Werkvoorraad, op termijn', 'declarant', () => '/questions?sort=deadline&limit=50'],
  ['een vraag', 'declarant', () => `/questions/${one(questions)}`],
  ['uitspraken', 'declarant', () => '/judgements'],
  ['Zwangerschap', 'declarant', () => `/women?limit=50&offset=${upTo(100000)}`],
  ['een vrouw', 'declarant', () => `/women/${one(women)}`],
  ['Declaraties', 'declarant', () => `/claims?limit=50&offset=${upTo(100000)}`],
  ['Declaraties, grootste', 'declarant', () => '/claims?sort=-amount&limit=50'],
  ['Declaraties, per stand', 'declarant', () => '/claims?state=sent&limit=50'],
  ['Declaraties, per verzekeraar', 'declarant', () => '/claims?insurer=9201&limit=50'],
  ['een declaratie', 'declarant', () => { const claim = one(claims); return `/claims/${claim.declarant}/${claim.reference}`; }],
  ['Berichten', 'declarant', () => '/messages?limit=50'],
  ['Berichten, gezocht', 'declarant', () => '/messages?search=VK301&limit=50'],
  ['een bericht', 'declarant', () => `/messages/${one(messages)}?limit=50`],
  ['Deelnemers', 'declarant', () => '/participants?limit=50'],
  ['contracten', 'declarant', () => '/contracts?limit=50'],
  ['Verdeling, modellen', 'controller', () => '/division/models'],
  ['Verdeling, aandelen', 'controller', () => '/division/shares'],
  ['Grootboek', 'controller', () => '/ledger/accounts?limit=50'],
  ['boekingen van een rekening', 'controller', () => `/ledger/entries?account=${encodeURIComponent(one(accounts))}&limit=50`],
  ['boekingen van een groep', 'controller', () => '/ledger/entries?account=deelnemer:&limit=50'],
  ['boeken naast elkaar', 'controller', () => '/ledger/books'],
  ['Regels', 'declarant', () => '/rules'],
  ['Beheer, logboek', 'beheerder', () => '/audit?limit=50'],
  ['Beheer, systeem', 'beheerder', () => '/system'],
  ['Mijn praktijk, regels', 'deelnemer', () => '/mine/lines?limit=50'],
  ['Mijn verzekerden', 'verzekeraar', () => '/claims?limit=50'],
  ['Cijfers', 'onderzoeker', () => '/aggregates'],
].filter(([, , path]) => !path().includes('undefined'));

// Pages that said that they are still being worked out.
const busy = new Set();
async function timed([name, role, path]) {
  const at = path();
  const start = process.hrtime.bigint();
  const answer = await ask('GET', at, cookies[role]);
  const spent = Number(process.hrtime.bigint() - start) / 1e6;
  if (answer.status === 202) busy.add(name);
  if (answer.status !== 200 && answer.status !== 202) throw new Error(`${name}: ${at}: ${answer.status} ${answer.text.slice(0, 200)}`);
  return spent;
}
const part = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const ms = (value) => value.toFixed(1).padStart(8);

console.log('pagina                          eerste  mediaan      p95   (ms, alleen)');
for (const page of pages) {
  const first = await timed(page);
  const times = [];
  for (let i = 0; i < alone; ++i) times.push(await timed(page));
  console.log(page[0].padEnd(30) + ms(first) + ms(part(times, 0.5)) + ms(part(times, 0.95)));
}

const pause = (time) => new Promise((done) => setTimeout(done, time));
async function crowd(readingTime) {
  const times = [];
  const start = Date.now();
  await Promise.all(
    Array.from({ length: users }, async () => {
      await pause(Math.random() * readingTime);
      for (let i = 0; i < requests / users; ++i) {
        times.push(await timed(one(pages)));
        await pause(readingTime * (0.5 + Math.random()));
      }
    }),
  );
  const rate = (requests * 1000) / (Date.now() - start);
  console.log(`${users} gebruikers, ${requests} verzoeken, ${readingTime} ms om te lezen: mediaan${ms(part(times, 0.5))} p95${ms(part(times, 0.95))} hoogste${ms(part(times, 1))} ms, ${rate.toFixed(0)} per seconde`);
}
await crowd(1000);
await crowd(0);

console.log(`nog bezig met: ${[...busy].join(', ') || 'niets'}`);
desk.kill('SIGTERM');
await new Promise((done) => desk.on('exit', done));
