import { useCallback, useEffect, useState } from 'preact/hooks';
import { get, type Problem, type Row } from '../api';
import { nl } from '../nl';

export interface Data {
  data: Row | null;
  problem: Problem | null;
  again: () => void;
}

// What the server says of a path; null while it is on its way. An empty path asks nothing.
export function useData(path: string): Data {
  const [state, set] = useState<{ data: Row | null; problem: Problem | null }>({ data: null, problem: null });
  const [round, next] = useState(0);
  useEffect(() => {
    let current = true;
    if (path === '') return;
    get(path).then(
      (data) => current && set({ data, problem: null }),
      (problem) => current && set({ data: null, problem }),
    );
    return () => {
      current = false;
    };
  }, [path, round]);
  const again = useCallback(() => next((value) => value + 1), []);
  return { ...state, again };
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

// What was done, for eyes and ears.
export function Told({ text }: { text: string }) {
  return (
    <div role="status" class={text === '' ? '' : 'utrecht-alert utrecht-alert--ok'}>
      {text}
    </div>
  );
}
