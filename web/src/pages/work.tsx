import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { query, write, type Problem, type Row } from '../api';
import { count, day, euros, nothing } from '../format';
import { nl } from '../nl';
import { Claims, Lines, phaseColumns, Reasons } from '../parts/care';
import { Alert, Told, useData, Waiting } from '../parts/data';
import { Facts, Heading, List, Table, Title, type Column } from '../parts/table';
import { go } from '../router';

const t = nl.work;

const columns: Column[] = [
  { field: 'sentence', label: t.question, show: (row) => <a class="utrecht-link" href={`/werkvoorraad/${row.id}${location.search}`}>{row.sentence}</a> },
  { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
  { field: 'deadline', label: 'Uiterste dag', kind: 'day' },
  { field: 'woman', label: t.woman, show: (row) => (row.woman ? <a class="utrecht-link" href={`/zwangerschap/${row.woman}`}>{String(row.woman).slice(0, 8)}</a> : nothing) },
];

export function Work({ address }: PageProps) {
  const filters = [
    { name: 'sort', label: t.sort, choices: { '': t.byAmount, deadline: t.byDeadline } },
    { name: 'code', label: nl.today.kind },
  ];
  return (
    <>
      <Title>{nl.pages.werkvoorraad}</Title>
      <List path="/questions" address={address} caption={nl.pages.werkvoorraad} columns={columns} filters={filters} />
      <Judgements />
    </>
  );
}

function Judgements() {
  const data = useData('/judgements?limit=20');
  const [told, tell] = useState('');
  const [problem, set] = useState<Problem | null>(null);
  const undo = (key: string) => {
    const reason = prompt(t.undoReason);
    if (!reason) return;
    set(null);
    write('POST', `/judgements/${encodeURIComponent(key)}/undo`, { reason }).then(() => {
      tell(t.undone);
      data.again();
    }, set);
  };
  return (
    <section>
      <Heading>{t.judgements}</Heading>
      <Told text={told} />
      <Alert problem={problem} />
      <Waiting data={data} />
      {data.data ? (
        <Table
          caption={t.judgements}
          columns={[
            { field: 'day', label: nl.today.when, kind: 'day' },
            { field: 'verdict', label: t.verdict },
            { field: 'question', label: t.question },
            { field: 'reason', label: t.reason },
            { field: 'by', label: t.by },
            { field: 'withdrawn', label: t.status, show: (row) => (row.withdrawn ? t.withdrawn : t.inForce) },
            {
              field: 'key',
              label: t.undo,
              show: (row) =>
                row.withdrawn ? (
                  nothing
                ) : (
                  <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => undo(row.key)}>
                    {t.undo}
                    <span class="desk-unseen"> {row.question}</span>
                  </button>
                ),
            },
          ]}
          rows={data.data.items ?? []}
        />
      ) : null}
    </section>
  );
}

// One question on one screen; j and k go to the next and the one before, a to the answer.
export function QuestionDetail({ address }: PageProps) {
  const rest = query({ code: address.query.get('code') ?? '', sort: address.query.get('sort') ?? '' });
  const data = useData(`/questions/${address.path[1]}${rest}`);
  const question = data.data;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'j' && question?.next) go(`/werkvoorraad/${question.next}${location.search}`);
      if (event.key === 'k' && question?.previous) go(`/werkvoorraad/${question.previous}${location.search}`);
      if (event.key === 'a') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('input[name=verdict]')?.focus();
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [question]);
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
          <p class="desk-hint">{t.keys}</p>
          <nav class="desk-paging" aria-label={nl.list.paging}>
            <Step to={question.previous} label={nl.list.previous} />
            <Step to={question.next} label={nl.list.next} />
          </nav>
          <Facts
            facts={[
              [nl.today.euros, euros(question.amount_cents)],
              ['Uiterste dag', day(question.deadline)],
              ['Kenmerk', question.key],
            ]}
          />
          <div class="desk-columns">
            <Answer question={question} />
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
  const [told, tell] = useState('');
  const chosen = choices.find((choice) => choice.verdict === verdict);
  const submit = (event: Event) => {
    event.preventDefault();
    set(null);
    const values = Object.fromEntries(new FormData(event.target as HTMLFormElement));
    write('POST', `/questions/${question.id}/answer`, values).then((done) => {
      tell(`${t.answered} ${t.left(count(done.questions))}`);
      setTimeout(() => go(question.next ? `/werkvoorraad/${question.next}${location.search}` : '/werkvoorraad'), 900);
    }, set);
  };
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
        <Told text={told} />
        <button type="submit" class="utrecht-button utrecht-button--primary-action">
          {t.submit}
        </button>
      </form>
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
