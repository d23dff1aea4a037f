// The address is the state: path and query. Links change it without loading the page again.
import { useEffect, useState } from 'preact/hooks';

const changed = 'bundel:address';

export function go(path: string, replace = false) {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  dispatchEvent(new Event(changed));
}

export interface Address {
  path: string[];
  query: URLSearchParams;
}

function now(): Address {
  return {
    path: location.pathname.split('/').filter((part) => part !== '').map(decodeURIComponent),
    query: new URLSearchParams(location.search),
  };
}

export function useAddress(): Address {
  const [address, set] = useState(now());
  useEffect(() => {
    const follow = () => set(now());
    addEventListener('popstate', follow);
    addEventListener(changed, follow);
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener(changed, follow);
    };
  }, []);
  return address;
}

const isOffset = (name: string) => name.endsWith('offset');

// Changes one value of the query; a filter begins at the first page again.
export function setQuery(values: Record<string, string>) {
  const query = new URLSearchParams(location.search);
  if (!Object.keys(values).some(isOffset)) for (const name of [...query.keys()].filter(isOffset)) query.delete(name);
  for (const [name, value] of Object.entries(values)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  const rest = query.toString();
  go(location.pathname + (rest === '' ? '' : '?' + rest), true);
}

export function followLink(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = (event.target as HTMLElement).closest('a');
  if (!link || link.origin !== location.origin || link.target !== '' || link.pathname.startsWith('/api/')) return;
  if (link.hash !== '' && link.pathname === location.pathname) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
