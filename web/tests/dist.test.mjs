// What is committed is what the sources give, and holds no address of elsewhere and no inline script or style.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const web = new URL('..', import.meta.url).pathname;
const read = (path) => readFileSync(join(web, path), 'utf8');
const sources = (folder) =>
  readdirSync(join(web, folder), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? sources(join(folder, one.name)) : [join(folder, one.name)],
  );

test('the committed files are the ones that the sources give', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'dist-'));
  execFileSync('node', ['build.mjs', fresh], { cwd: web });
  const names = readdirSync(fresh).sort();
  assert.deepEqual(readdirSync(join(web, 'dist')).sort(), names);
  for (const name of names) assert.ok(readFileSync(join(fresh, name)).equals(readFileSync(join(web, 'dist', name))), `dist/${name}: run web/build.sh`);
  rmSync(fresh, { recursive: true });
});

test('nothing comes from elsewhere, and nothing stands inline', () => {
  for (const name of ['dist/app.js', 'dist/app.css']) assert.doesNotMatch(read(name), /https?:\/\/(?!www\.w3\.org\/)/, name);
  const page = read('dist/index.html');
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc="\/)|<style|\sstyle=|\son\w+=/);
});

test('the lock file names no registry', () => {
  assert.doesNotMatch(read('package-lock.json'), /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/);
});

// A sentence is text between tags, or an attribute that people hear or see.
test('what people read stands in nl.ts', () => {
  for (const name of sources('src').filter((name) => name.endsWith('.tsx'))) {
    const text = read(name).replace(/\/\/.*$/gm, '');
    const found = [
      ...text.matchAll(/^\s*[A-Za-zÀ-ž][\wÀ-ž ,.'()]*$/gm), // a line of text between tags
      ...text.matchAll(/(?:label|caption|title|aria-label|placeholder)(?:=|: )["'][^"']*[A-Za-z][^"']*["']/g),
      ...text.matchAll(/'[A-Z][a-z]+(?: [a-z]+)+[.']/g),
    ].map(([match]) => match.trim()).filter((match) => !/^(case|break|return|else|continue|asChild|hideCaption|isBusy|download|fresh|required|multiple)\b/.test(match));
    assert.deepEqual(found, [], name);
  }
});
