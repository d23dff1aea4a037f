// web/src -> web/dist, which is committed and goes into the program. The same sources give the same bytes.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const out = process.argv[2] ?? 'dist';
const parts = ['button', 'heading', 'link', 'skip-link', 'table', 'textbox', 'select', 'alert'];
const read = (path) => readFileSync(path, 'utf8');

// Of the thousands of design tokens those that our style sheets use, directly or by another token.
function usedTokens(theme, styles) {
  const values = new Map([...theme.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
  const used = new Set();
  const follow = (text) => {
    for (const [, name] of text.matchAll(/var\((--[\w-]+)/g)) {
      if (used.has(name) || !values.has(name)) continue;
      used.add(name);
      follow(values.get(name));
    }
  };
  follow(styles);
  return `:root{${[...used].sort().map((name) => `${name}:${values.get(name).trim()}`).join(';')}}\n`;
}

const components = parts.map((part) => read(`node_modules/@utrecht/${part}-css/dist/index.min.css`)).join('\n');
const own = read('src/desk.css');
const theme = read('node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css');
const style = await build({
  stdin: { contents: usedTokens(theme, components + own) + components + own, loader: 'css' },
  minify: true,
  write: false,
});
const script = await build({
  entryPoints: ['src/main.tsx'],
  bundle: true,
  minify: true,
  target: 'es2020',
  format: 'iife',
  legalComments: 'none',
  write: false,
});

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/app.js`, script.outputFiles[0].contents);
writeFileSync(`${out}/app.css`, style.outputFiles[0].contents);
writeFileSync(`${out}/index.html`, read('src/index.html'));
writeFileSync(`${out}/licences.txt`, read('src/licences.txt'));
