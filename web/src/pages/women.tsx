import { useRef, useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { write, type Problem, type Row } from '../api';
import { count, day, nothing } from '../format';
import { nl } from '../nl';
import { Claims, Lines, phaseColumns, Reasons } from '../parts/care';
import { Alert, useData, Waiting } from '../parts/data';
import { Facts, Heading, List, Picture, Table, Title, type Column } from '../parts/table';
import { go } from '../router';

const t = nl.woman;

const columns: Column[] = [
  { field: 'short', label: nl.work.woman, show: (row) => <a class="utrecht-link" href={`/zwangerschap/${row.id}`}>{row.short}</a> },
  { field: 'pregnancies', label: nl.today.pregnancies, kind: 'count' },
  { field: 'phases', label: t.phases, kind: 'count' },
  { field: 'amount_cents', label: 'Gedeclareerd in fasen', kind: 'cents' },
  { field: 'questions', label: t.questions, kind: 'count' },
  { field: 'actions', label: 'Acties die wachten', kind: 'count' },
  { field: 'as_of', label: 'Beoordeeld op', kind: 'day' },
];

export function Women({ address }: PageProps) {
  return (
    <>
      <Title>{nl.pages.zwangerschap}</Title>
      <Search />
      <List
        path="/women"
        address={address}
        caption={nl.today.women}
        columns={columns}
        filters={[{ name: 'filter', label: t.filter, choices: { '': t.filterAll, questions: t.filterQuestions, actions: t.filterActions } }]}
      />
    </>
  );
}

// Sent in the body, so that a BSN is in no address and no log.
function Search() {
  const [problem, set] = useState<Problem | null>(null);
  const [told, tell] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    set(null);
    tell('');
    const text = String(new FormData(event.target as HTMLFormElement).get('text')).trim();
    write('POST', '/women/search', { text }).then((found) => {
      if (found.items.length === 1) go(`/zwangerschap/${found.items[0].id}`);
      else tell(t.notFound);
    }, set);
  };
  return (
    <form class="desk-filters" role="search" onSubmit={submit}>
      <label>
        {t.search}
        <span class="desk-hint" id="zoek-uitleg">
          {t.searchHelp}
        </span>
        <input class="utrecht-textbox" name="text" required autocomplete="off" aria-describedby="zoek-uitleg" />
      </label>
      <button type="submit" class="utrecht-button utrecht-button--primary-action">
        {t.find}
      </button>
      <div role="status">{told}</div>
      <Alert problem={problem} />
    </form>
  );
}

export function WomanDetail({ address, session }: PageProps) {
  const data = useData(`/women/${address.path[1]}`);
  const woman = data.data;
  return (
    <>
      <Title>{t.title(String(address.path[1]).slice(0, 8))}</Title>
      <Waiting data={data} />
      {woman ? (
        <>
          {session.role === 'declarant' ? <Reveal id={woman.id} /> : null}
          <Questions rows={woman.questions ?? []} />
          <section>
            <Heading>{t.timeline}</Heading>
            <Picture svg={woman.timeline_svg} />
          </section>
          {(woman.pregnancies ?? []).map((pregnancy: Row) => (
            <Pregnancy key={pregnancy.number} pregnancy={pregnancy} />
          ))}
          <section>
            <Heading>{t.lines}</Heading>
            <Lines rows={woman.lines ?? []} />
          </section>
          <section>
            <Heading>{t.claims}</Heading>
            <Claims rows={woman.claims ?? []} />
          </section>
          <Money woman={woman} />
          <details class="desk-why">
            <summary>{t.explanation}</summary>
            <pre class="desk-text" tabIndex={0}>
              {woman.explanation}
            </pre>
          </details>
        </>
      ) : null}
    </>
  );
}

function Questions({ rows }: { rows: Row[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <Heading>{t.questions}</Heading>
      <Table
        caption={t.questions}
        columns={[
          { field: 'sentence', label: nl.work.question, show: (row) => <a class="utrecht-link" href={`/werkvoorraad/${row.id}`}>{row.sentence}</a> },
          { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
          { field: 'deadline', label: 'Uiterste dag', kind: 'day' },
        ]}
        rows={rows}
      />
    </section>
  );
}

function Pregnancy({ pregnancy }: { pregnancy: Row }) {
  return (
    <section>
      <Heading>{t.pregnancy(String(pregnancy.number))}</Heading>
      <Facts
        facts={[
          [t.onset, day(pregnancy.onset)],
          [t.due, day(pregnancy.due)],
          [t.end, day(pregnancy.end)],
          [t.outcome, pregnancy.outcome_label ?? nothing],
          ['Kinderen', count(pregnancy.children)],
        ]}
      />
      <Table caption={t.phases} columns={phaseColumns} rows={pregnancy.phases ?? []} />
      <Reasons phases={pregnancy.phases ?? []} />
      <details class="desk-why">
        <summary>{t.whyDates}</summary>
        <ul>
          {(pregnancy.trail ?? []).map((step: string) => (
            <li>{step}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Money({ woman }: { woman: Row }) {
  return (
    <section>
      <Heading>{t.division}</Heading>
      <Table
        caption={t.division}
        columns={[
          { field: 'payee', label: 'Deelnemer' },
          { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
        ]}
        rows={woman.division ?? []}
      />
      {woman.bought?.length ? (
        <Table
          caption={t.bought}
          columns={[
            { field: 'kind_label', label: nl.today.kind },
            { field: 'buyer', label: 'Koper' },
            { field: 'supplier', label: 'Leverancier' },
            { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
          ]}
          rows={woman.bought}
        />
      ) : null}
      {woman.losses?.length ? (
        <Table
          caption={t.losses}
          columns={[
            { field: 'participant', label: 'Deelnemer' },
            { field: 'line', label: 'Regel' },
            { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
            { field: 'latest_submit_day', label: 'Uiterste indiendag', kind: 'day' },
          ]}
          rows={woman.losses}
        />
      ) : null}
    </section>
  );
}

// Covered until somebody says why; what was shown is gone when the window closes.
function Reveal({ id }: { id: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, show] = useState<Row | null>(null);
  const [problem, set] = useState<Problem | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    set(null);
    write('POST', `/women/${id}/reveal`, Object.fromEntries(new FormData(event.target as HTMLFormElement))).then(show, set);
  };
  const close = () => {
    dialog.current?.close();
    show(null);
    set(null);
  };
  return (
    <p>
      BSN {t.masked}{' '}
      <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => dialog.current?.showModal()}>
        {t.reveal}
      </button>
      <dialog ref={dialog} class="desk-dialog" aria-labelledby="tonen-titel" onClose={() => show(null)}>
        <h2 class="utrecht-heading-2" id="tonen-titel">
          {t.reveal}
        </h2>
        <form class="desk-form" onSubmit={submit}>
          <label>
            {t.revealWhat}
            <select class="utrecht-select" name="field">
              {Object.entries(t.revealFields).map(([value, label]) => (
                <option value={value}>{label}</option>
              ))}
            </select>
          </label>
          <label>
            {t.revealWhy}
            <input class="utrecht-textbox" name="reason" required minLength={5} maxLength={200} autocomplete="off" />
          </label>
          <Alert problem={problem} />
          <div role="status">{shown ? `${t.revealFields[shown.field]}: ${shown.value || nothing}` : ''}</div>
          <div class="desk-paging">
            <button type="submit" class="utrecht-button utrecht-button--primary-action">
              {t.revealShow}
            </button>
            <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={close}>
              {t.close}
            </button>
          </div>
        </form>
      </dialog>
    </p>
  );
}
