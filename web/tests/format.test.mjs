// Dutch notation: both sides of each border.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'format-'));
let format;
before(async () => {
  const out = join(folder, 'format.mjs');
  await build({ entryPoints: [new URL('../src/format.ts', import.meta.url).pathname], outfile: out, format: 'esm', bundle: true });
  format = await import(out);
});
after(() => rmSync(folder, { recursive: true }));

test('an amount does not break after the euro sign', () => assert.equal(format.euros(1), '€\u00a00,01'));

const table = {
  euros: [
    [0, '€ 0,00'],
    [1, '€ 0,01'],
    [99, '€ 0,99'],
    [100, '€ 1,00'],
    [-1, '€ -0,01'],
    [99999, '€ 999,99'],
    [100000, '€ 1.000,00'],
    [123450, '€ 1.234,50'],
    [-15005732, '€ -150.057,32'],
    [99999999, '€ 999.999,99'],
    [100000000, '€ 1.000.000,00'],
    [null, '—'],
    [undefined, '—'],
    ['12', '—'],
  ],
  count: [[0, '0'], [999, '999'], [1000, '1.000'], [-1000, '-1.000'], [1234567, '1.234.567'], [null, '—']],
  day: [['2024-05-31', '31-05-2024'], ['2024-05-31T12:00:00Z', '31-05-2024'], ['2024-5-1', '—'], ['', '—'], [null, '—']],
  percent: [[0, '0,0%'], [499, '0,0%'], [500, '0,1%'], [1000, '0,1%'], [999499, '99,9%'], [999500, '100,0%'], [1000000, '100,0%'], [-12345, '-1,2%'], [1234567890, '123.456,8%'], [null, '—']],
  text: [['a', 'a'], ['', '—'], [null, '—'], [undefined, '—'], [true, 'ja'], [false, 'nee'], [0, '0']],
};

for (const [name, rows] of Object.entries(table))
  test(name, () => {
    for (const [value, written] of rows) assert.equal(format[name](value).replace('€\u00a0', '€ '), written, `${name}(${value})`);
  });
