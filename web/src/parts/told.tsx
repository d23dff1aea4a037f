// What was done, for eyes and ears. It stands above the page, so that it is still there on the page one goes to next.
import { useEffect, useState } from 'preact/hooks';

let listener: (text: string) => void = () => {};
let isFresh = false;

export function tell(text: string) {
  isFresh = true;
  listener(text);
}

// Stays for the page that follows, and is gone on the one after it.
export function Told({ page }: { page: string }) {
  const [text, set] = useState('');
  useEffect(() => {
    listener = set;
  }, []);
  useEffect(() => {
    if (!isFresh) set('');
    isFresh = false;
  }, [page]);
  return (
    <div role="status" class={text === '' ? '' : 'utrecht-alert utrecht-alert--ok desk-told'}>
      {text}
    </div>
  );
}
