// Names of practices (AGB) and insurers (UZOVI), where the data directory has them. A code stays beside its name: it is what stands in messages.
import { get, type Row } from './api';
import { text } from './format';

let names: Record<string, string> = {};

export async function learnNames(): Promise<void> {
  const found = await get('/names');
  names = Object.fromEntries((found.items ?? []).map((row: Row) => [row.code, row.name]));
}

export function named(code: unknown): string {
  const name = names[String(code)];
  return name ? `${name} (${code})` : text(code);
}

// Of codes of this length: 8 digits are practices, 4 are insurers.
export function namesOf(length: number): [string, string][] {
  return Object.entries(names)
    .filter(([code]) => code.length === length)
    .sort(([, a], [, b]) => a.localeCompare(b, 'nl'));
}
