// Requests to the server: session, proof against forgery, problem details, and what is still being worked out.
import { nl } from './nl';

export type Row = Record<string, any>;

export class Problem extends Error {
  constructor(public status: number, public title: string, public detail: string, public code: string) {
    super(title);
  }
}

export interface Session {
  name: string;
  role: string;
  role_label: string;
  scope: string | null;
  csrf: string;
  must_change_password: boolean;
  pages: string[];
  live: boolean;
  igo: string;
  as_of: string;
}

const base = '/api/v1';
let csrf = '';
let onLost: () => void = () => {};

export function whenSessionIsLost(then: () => void) {
  onLost = then;
}

async function answer(response: Response): Promise<any> {
  const json = parsed(await response.text());
  if (response.ok && json) return json;
  if (response.status === 401 && json?.code === 'login_needed') onLost();
  throw new Problem(response.status, json?.title ?? nl.problem.unclear, json?.detail ?? '', json?.code ?? '');
}

// A proxy between us and the server may answer with a page of its own.
function parsed(text: string): Row | null {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function send(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(base + path, request);
  } catch {
    throw new Problem(0, nl.problem.away, nl.problem.awayDetail, 'away');
  }
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

// A view that takes long is asked again until it is there, or until nobody waits for it.
export async function get(path: string, signal?: AbortSignal): Promise<any> {
  for (;;) {
    const response = await send(path, { headers: { Accept: 'application/json' }, signal });
    if (response.status !== 202) return answer(response);
    await pause(1000 * Number(response.headers.get('Retry-After') ?? 1));
    if (signal?.aborted) throw new Problem(0, nl.problem.away, '', 'away');
  }
}

// When the answer is lost the same request goes once more, under the same key: the server carries it out once.
export async function write(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<any> {
  const isFile = body instanceof Blob;
  const request: RequestInit = {
    method,
    headers: {
      'X-CSRF-Token': csrf,
      'Idempotency-Key': key(),
      'Content-Type': isFile ? 'application/octet-stream' : 'application/json',
    },
    body: body === undefined ? undefined : isFile ? body : JSON.stringify(body),
  };
  return answer(await send(path, request).catch(() => send(path, request)));
}

function key(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function keep(session: Session): Session {
  csrf = session.csrf;
  return session;
}

export const session = {
  now: async () => keep(await get('/session')),
  open: async (name: string, password: string) => keep(await write('POST', '/session', { name, password })),
  change: async (old: string, fresh: string) => keep(await write('POST', '/session/password', { old, new: fresh })),
  close: () => write('DELETE', '/session'),
};

export function query(values: Record<string, string | number | undefined>): string {
  const parts = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? '' : '?' + parts.join('&');
}
