import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, type Problem, type Row } from '../api';
import { nl } from '../nl';

export interface Data {
  data: Row | null;
  path: string; // which the data are of; while another is fetched the old data stay
  problem: Problem | null;
  again: () => void;
}

// What the server gave is not the last word: it says so itself.
const mostRounds = 100;
const isStale = (data: Row) => data.stale === true;

// What the server says of a path; null while it is on its way. An empty path asks nothing. As long as a part is still
// being worked out it is asked again.
export function useData(path: string, isPending: (data: Row) => boolean = isStale): Data {
  const [state, set] = useState<Omit<Data, 'again'>>({ data: null, path: '', problem: null });
  const [round, next] = useState(0);
  useEffect(() => {
    if (path === '') return;
    const leave = new AbortController();
    const isHere = () => !leave.signal.aborted;
    let timer = 0;
    get(path, leave.signal).then(
      (data) => {
        if (!isHere()) return;
        set({ data, path, problem: null });
        if (isPending(data) && round < mostRounds) timer = window.setTimeout(() => next((value) => value + 1), 2000);
      },
      (problem) => isHere() && set({ data: null, path, problem }),
    );
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [path, round]);
  const again = useCallback(() => next((value) => value + 1), []);
  return { ...state, again };
}

// While something is under way a second press does nothing.
export function useOnce(): (begin: () => Promise<unknown>) => void {
  const underWay = useRef(false);
  return (begin) => {
    if (underWay.current) return;
    underWay.current = true;
    begin().finally(() => (underWay.current = false));
  };
}

export function Alert({ problem }: { problem: Problem | null }) {
  if (problem === null) return null;
  return (
    <div class="utrecht-alert utrecht-alert--error" role="alert">
      <strong>{problem.title}</strong>
      {problem.detail ? <p>{problem.detail}</p> : null}
    </div>
  );
}

export function Waiting({ data }: { data: Data }) {
  if (data.problem) return <Alert problem={data.problem} />;
  return data.data === null ? <p class="desk-loading">{nl.loading}</p> : null;
}
