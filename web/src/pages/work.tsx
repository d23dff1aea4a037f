import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { query, write, type Problem, type Row } from '../api';
import { count, day, euros, nothing } from '../format';
import { nl } from '../nl';
import { Claims, Lines, phaseColumns, Reasons } from '../parts/care';
import { Alert, useData, useOnce, Waiting } from '../parts/data';
import { Dialog } from '../parts/dialog';
import { Facts, Heading, List, Table, Title, type Column } from '../parts/table';
import { tell } from '../parts/told';
import { go, type Address } from '../router';

const t = nl.work;

const columns: Column[] = [
  { field: 'sentence', label: t.question, show: (row) => <a class="utrecht-link desk-wide" href={`/werkvoorraad/${row.id}${location.search}`}>{row.sentence}</a> },
  { field: 'amount_cents', label: nl.today.euros, kind: 'cents', sort: '-amount' },
  { field: 'deadline', label: nl.word.deadline, kind: 'day', sort: 'deadline' },
  { field: 'woman', label: t.woman, show: (row) => (row.woman ? <a class="utrecht-link" href={`/zwangerschap/${row.woman}`}>{String(row.woman).slice(0, 8)}</a> : nothing) },
];

const kindsOf = (today: Row | null): [string, string][] => (today?.questions_by_kind ?? []).map((kind: Row) => [kind.code, kind.label]);

export function Work({ address, session }: PageProps) {
  const today = useData('/today').data;
  const [round, next] = useState(0);
  const asked = address.query.get('code') ?? '';
  const filters = [
    { name: 'sort', label: t.sort, choices: { '': t.byAmount, deadline: t.byDeadline } },
    { name: 'code', label: nl.today.kind, choices: { '': t.allKinds, [asked]: asked || t.allKinds, ...Object.fromEntries(kindsOf(today)) } },
  ];
  return (
    <>
      <Title>{nl.pages.werkvoorraad}</Title>
      <List key={round} path="/questions" address={address} caption={nl.pages.werkvoorraad} columns={columns} filters={filters} order="-amount" />
      <Judgements address={address} mayUndo={session.role === 'declarant'} onUndone={() => next(round + 1)} />
    </>
  );
}

function Judgements({ address, mayUndo, onUndone }: { address: Address; mayUndo: boolean; onUndone: () => void }) {
  const [round, next] = useState(0);
  const [undoing, undo] = useState<Row | null>(null);
  const done = () => {
    undo(null);
    tell(t.undone);
    next(round + 1);
    onUndone();
    // The button that was pressed goes, so the focus cannot return to it.
    setTimeout(() => document.getElementById('uitspraken')?.focus());
  };
  const button = (row: Row) => {
    if (row.withdrawn) return nothing;
    return (
      <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => undo(row)}>
        {t.undo}
        <span class="desk-unseen"> {row.question}</span>
      </button>
    );
  };
  return (
    <section>
      <Heading id="uitspraken">{t.judgements}</Heading>
      <List key={round} name="uitspraken" path="/judgements" address={address} caption={t.judgements} columns={mayUndo ? [...judged, { field: '+undo', label: t.undo, show: button }] : judged} />
      {undoing ? <Undo judgement={undoing} onDone={done} onClose={() => undo(null)} /> : null}
    </section>
  );
}

const judged: Column[] = [
  { field: 'day', label: nl.today.when, kind: 'day' },
  { field: 'verdict', label: t.verdict, show: (row) => row.label ?? row.verdict },
  { field: 'question', label: t.question },
  { field: 'reason', label: t.reason },
  { field: 'by', label: t.by },
  { field: 'withdrawn', label: t.status, show: (row) => (row.withdrawn ? t.withdrawn : t.inForce) },
];

function Undo({ judgement, onDone, onClose }: { judgement: Row; onDone: () => void; onClose: () => void }) {
  const once = useOnce();
  const [problem, set] = useState<Problem | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    set(null);
    const { reason } = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    once(() => write('POST', `/judgements/${encodeURIComponent(judgement.key)}/undo`, { reason }).then(onDone, set));
  };
  return (
    <Dialog title={t.undoTitle} onClose={onClose}>
      <form class="desk-form" onSubmit={submit}>
        <p>{judgement.question}</p>
        <label>
          {t.undoReason}
          <input class="utrecht-textbox" name="reason" required maxLength={200} autocomplete="off" />
        </label>
        <Alert problem={problem} />
        <div class="desk-paging">
          <button type="submit" class="utrecht-button utrecht-button--primary-action">
            {t.undo}
          </button>
          <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={onClose}>
            {nl.woman.close}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

// Who speaks to the machine, or hits keys by accident, can switch the single keys off (WCAG 2.1.4).
const keysOff = 'bundel:zonder-sneltoetsen';

const typesText = (target: HTMLElement) => target.matches('select, textarea, input:not([type=radio], [type=checkbox])');

// One question on one screen; j and k go to the next and the one before, a to the answer.
export function QuestionDetail({ address, session }: PageProps) {
  const rest = query({ code: address.query.get('code') ?? '', sort: address.query.get('sort') ?? '' });
  const data = useData(`/questions/${address.path[1]}${rest}`);
  const question = data.data;
  const [withKeys, setKeys] = useState(localStorage.getItem(keysOff) === null);
  const switchKeys = () => {
    if (withKeys) localStorage.setItem(keysOff, '1');
    else localStorage.removeItem(keysOff);
    setKeys(!withKeys);
  };
  useEffect(() => {
    if (!withKeys) return;
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (typesText(target) || document.querySelector('dialog[open]') || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'j' && question?.next) go(`/werkvoorraad/${question.next}${location.search}`);
      if (event.key === 'k' && question?.previous) go(`/werkvoorraad/${question.previous}${location.search}`);
      if (event.key === 'a') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('input[name=verdict]')?.focus();
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [question, withKeys]);
  return (
    <>
      <Title>{question ? question.sentence : nl.work.question}</Title>
      <p>
        <a class="utrecht-link" href={`/werkvoorraad${location.search}`}>
          {t.back}
        </a>
      </p>
      <Waiting data={data} />
      {question ? (
        <>
          <label class="desk-choice">
            <input type="checkbox" checked={withKeys} onChange={switchKeys} />
            {t.keys}
          </label>
          <nav class="desk-paging" aria-label={nl.list.paging}>
            <Step to={question.previous} label={nl.list.previous} />
            <Step to={question.next} label={nl.list.next} />
          </nav>
          <Facts
            facts={[
              [nl.today.euros, euros(question.amount_cents)],
              [nl.word.deadline, day(question.deadline)],
              [nl.word.mark, question.key],
            ]}
          />
          <div class="desk-columns">
            {session.role === 'declarant' ? <Answer key={question.id} question={question} /> : null}
            <Evidence question={question} />
          </div>
        </>
      ) : null}
    </>
  );
}

function Step({ to, label }: { to: string | null; label: string }) {
  return to ? (
    <a class="utrecht-link" href={`/werkvoorraad/${to}${location.search}`}>
      {label}
    </a>
  ) : null;
}

function Answer({ question }: { question: Row }) {
  const choices: Row[] = question.choices ?? [];
  const [verdict, choose] = useState<string>(choices[0]?.verdict ?? '');
  const [problem, set] = useState<Problem | null>(null);
  const once = useOnce();
  const chosen = choices.find((choice) => choice.verdict === verdict);
  const submit = (event: Event) => {
    event.preventDefault();
    set(null);
    const values = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    const done = (left: Row) => {
      tell(`${t.answered} ${t.left(count(left.questions))}`);
      go(question.next ? `/werkvoorraad/${question.next}${location.search}` : `/werkvoorraad${location.search}`);
    };
    once(() => write('POST', `/questions/${question.id}/answer`, values).then(done, set));
  };
  if (choices.length === 0) return <NoChoice />;
  return (
    <section>
      <Heading>{t.answer}</Heading>
      <form class="desk-form" onSubmit={submit}>
        <fieldset>
          <legend>{t.verdict}</legend>
          {choices.map((choice) => (
            <label class="desk-choice" key={choice.verdict}>
              <input type="radio" name="verdict" value={choice.verdict} checked={choice.verdict === verdict} onChange={() => choose(choice.verdict)} />
              {choice.label}
            </label>
          ))}
        </fieldset>
        {(chosen?.fields ?? []).map((field: Row) => (
          <label key={field.name}>
            {field.label}
            <input class="utrecht-textbox" name={field.name} required autocomplete="off" />
          </label>
        ))}
        <label>
          {t.reason}
          <span class="desk-hint" id="reden-uitleg">
            {t.reasonHelp}
          </span>
          <input class="utrecht-textbox" name="reason" required maxLength={200} aria-describedby="reden-uitleg" autocomplete="off" />
        </label>
        <Alert problem={problem} />
        <button type="submit" class="utrecht-button utrecht-button--primary-action">
          {t.submit}
        </button>
      </form>
    </section>
  );
}

// Only the practice or the insurer can make it right.
function NoChoice() {
  return (
    <section>
      <Heading>{t.answer}</Heading>
      <p>{t.noChoice}</p>
    </section>
  );
}

function Evidence({ question }: { question: Row }) {
  const evidence: Row = question.evidence ?? {};
  return (
    <section>
      <Heading>{t.evidence}</Heading>
      {question.woman ? (
        <p>
          <a class="utrecht-link" href={`/zwangerschap/${question.woman}`}>
            {t.toWoman}
          </a>
        </p>
      ) : null}
      {(evidence.finding ?? []).map((text: string) => (
        <p>{text}</p>
      ))}
      <Table caption={nl.woman.phases} columns={phaseColumns} rows={evidence.phases ?? []} />
      <Reasons phases={evidence.phases ?? []} />
      <Claims rows={evidence.claims ?? []} />
      <Lines rows={evidence.lines ?? []} />
    </section>
  );
}
