// Dutch notation. The space after the euro sign does not break. Amounts come as whole cents and are only written down here, never reckoned with.
import { nl } from './nl';

export const nothing = '—';

export function euros(cents: unknown): string {
  if (typeof cents !== 'number') return nothing;
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `€\u00a0${cents < 0 ? '-' : ''}${thousands(digits.slice(0, -2))},${digits.slice(-2)}`;
}

function thousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.');
}

export function count(value: unknown): string {
  return typeof value === 'number' ? (value < 0 ? '-' : '') + thousands(String(Math.abs(value))) : nothing;
}

export function day(iso: unknown): string {
  return typeof iso === 'string' && iso.length >= 10 ? `${iso.slice(8, 10)}-${iso.slice(5, 7)}-${iso.slice(0, 4)}` : nothing;
}

// "28-11-2026 09:15", in the time of who looks.
export function instant(utc: unknown): string {
  if (typeof utc !== 'string' || utc === '') return nothing;
  const at = new Date(utc);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(at.getDate())}-${two(at.getMonth() + 1)}-${at.getFullYear()} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

// Parts per million as "99,1%".
export function percent(ppm: unknown): string {
  if (typeof ppm !== 'number') return nothing;
  const tenths = String(Math.round(Math.abs(ppm) / 1000)).padStart(2, '0');
  return `${ppm < 0 ? '-' : ''}${thousands(tenths.slice(0, -1))},${tenths.slice(-1)}%`;
}

export function text(value: unknown): string {
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'boolean') return value ? nl.yes : nl.no;
  return String(value);
}
