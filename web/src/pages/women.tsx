import { useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { write, type Problem, type Row } from '../api';
import { count, day, nothing } from '../format';
import { nl } from '../nl';
import { Claims, Lines, phaseColumns, Reasons } from '../parts/care';
import { Alert, useData, Waiting } from '../parts/data';
import { Dialog } from '../parts/dialog';
import { Facts, Heading, List, Picture, Table, Title, type Column } from '../parts/table';
import { go } from '../router';

const t = nl.woman;

const columns: Column[] = [
  { field: 'short', label: nl.work.woman, show: (row) => <a class="utrecht-link" href={`/zwangerschap/${row.id}`}>{row.short}</a> },
  { field: 'pregnancies', label: nl.today.pregnancies, kind: 'count' },
  { field: 'phases', label: t.phases, kind: 'count' },
  { field: 'amount_cents', label: nl.word.declaredInPhases, kind: 'cents' },
  { field: 'questions', label: t.questions, kind: 'count' },
  { field: 'actions', label: nl.word.waitingActions, kind: 'count' },
  { field: 'as_of', label: nl.word.assessedOn, kind: 'day' },
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
  const [found, show] = useState<Row[] | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    set(null);
    show(null);
    const text = String(new FormData(event.target as HTMLFormElement).get('text')).trim();
    write('POST', '/women/search', { text }).then((found) => {
      if (found.items.length === 1) go(`/zwangerschap/${found.items[0].id}`);
      else show(found.items);
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
      <div role="status">{found ? <Found items={found} /> : null}</div>
      <Alert problem={problem} />
    </form>
  );
}

function Found({ items }: { items: Row[] }) {
  if (items.length === 0) return <p>{t.notFound}</p>;
  return (
    <>
      <p>{t.found(count(items.length))}</p>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <a class="utrecht-link" href={`/zwangerschap/${item.id}`}>
              {item.short}
            </a>
          </li>
        ))}
      </ul>
    </>
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
            <Picture svg={woman.timeline_svg} label={t.timeline} />
          </section>
          {(woman.pregnancies ?? []).map((pregnancy: Row) => (
            <Pregnancy key={pregnancy.number} pregnancy={pregnancy} />
          ))}
          <section>
            <Heading>{t.lines}</Heading>
            <Lines rows={woman.lines ?? []} hideCaption />
          </section>
          <section>
            <Heading>{t.claims}</Heading>
            <Claims rows={woman.claims ?? []} hideCaption />
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
          { field: 'deadline', label: nl.word.deadline, kind: 'day' },
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
          [nl.word.children, count(pregnancy.children)],
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
        hideCaption
        columns={[
          { field: 'payee', label: nl.word.participant, kind: 'party' },
          { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
        ]}
        rows={woman.division ?? []}
      />
      {woman.bought?.length ? (
        <Table
          caption={t.bought}
          columns={[
            { field: 'kind_label', label: nl.today.kind },
            { field: 'buyer', label: nl.word.buyer, kind: 'party' },
            { field: 'supplier', label: nl.word.supplier, kind: 'party' },
            { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
          ]}
          rows={woman.bought}
        />
      ) : null}
      {woman.losses?.length ? (
        <Table
          caption={t.losses}
          columns={[
            { field: 'participant', label: nl.word.participant, kind: 'party' },
            { field: 'line', label: nl.word.line },
            { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
            { field: 'latest_submit_day', label: nl.word.latestSubmitDay, kind: 'day' },
          ]}
          rows={woman.losses}
        />
      ) : null}
    </section>
  );
}

// Covered until somebody says why; what was shown is gone when the window closes.
function Reveal({ id }: { id: string }) {
  const [isOpen, open] = useState(false);
  return (
    <p>
      {t.bsn} {t.masked}{' '}
      <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => open(true)}>
        {t.reveal}
      </button>
      {isOpen ? <RevealDialog id={id} onClose={() => open(false)} /> : null}
    </p>
  );
}

function RevealDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [shown, show] = useState<Row | null>(null);
  const [problem, set] = useState<Problem | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    set(null);
    show(null);
    write('POST', `/women/${id}/reveal`, Object.fromEntries(new FormData(event.target as HTMLFormElement))).then(show, set);
  };
  return (
    <Dialog title={t.reveal} onClose={onClose}>
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
        <div role="status" class={shown ? 'utrecht-alert utrecht-alert--ok' : ''}>
          {shown ? `${t.revealFields[shown.field]}: ${shown.value || nothing}` : ''}
        </div>
        <div class="desk-paging">
          <button type="submit" class="utrecht-button utrecht-button--primary-action">
            {t.revealShow}
          </button>
          <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={onClose}>
            {t.close}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
