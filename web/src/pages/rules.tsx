import type { PageProps } from '../app';
import type { Row } from '../api';
import { count, day, euros, nothing } from '../format';
import { nl } from '../nl';
import { useData, Waiting } from '../parts/data';
import { Heading, List, Table, Title, type Column } from '../parts/table';

const t = nl.rules;

export function Rules({ address, session }: PageProps) {
  const data = useData('/rules');
  const other = address.query.get('met');
  if (other) {
    return (
      <>
        <Title>{nl.pages.regels}</Title>
        <Diff name={other} />
      </>
    );
  }
  return (
    <>
      <Title>{nl.pages.regels}</Title>
      <Waiting data={data} />
      {(data.data?.items ?? []).map((regime: Row) => (
        <section key={regime.regime}>
          <Heading>
            {regime.name} ({nl.claim.period(day(regime.first), regime.last ? day(regime.last) : nl.parties.always)})
          </Heading>
          <Table
            caption={`${t.tables}, ${regime.regime}`}
            columns={[
              { field: 'name', label: t.tables, show: (row) => <a class="utrecht-link" href={`/regels/${regime.regime}/${row.id}`}>{row.name}</a> },
              { field: 'rules', label: nl.word.rules, kind: 'count' },
            ]}
            rows={regime.decisions ?? []}
          />
        </section>
      ))}
      {session.role === 'declarant' || session.role === 'controller' ? <Proposals /> : null}
      <Heading>{t.variables}</Heading>
      <List
        path="/rules/variables"
        address={address}
        caption={t.variables}
        columns={[
          { field: 'name', label: nl.word.name },
          { field: 'kind', label: nl.word.kind },
          { field: 'meaning', label: nl.word.meaning, kind: 'long' },
          { field: 'missing', label: nl.word.whenUnknown, kind: 'long' },
        ]}
      />
    </>
  );
}

// What other rulebooks would change on the same facts.
function Proposals() {
  const books: Row[] = useData('/rulebooks').data?.items ?? [];
  return (
    <section>
      <Heading>{t.proposals}</Heading>
      {books.length === 0 ? <p>{t.noProposals}</p> : <p>{t.proposalsAbout}</p>}
      <ul>
        {books.map((book) => (
          <li key={book.rulebook}>
            <a class="utrecht-link" href={`/regels?met=${encodeURIComponent(book.rulebook)}`}>
              {book.rulebook}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Diff({ name }: { name: string }) {
  const data = useData(`/rulebooks/${encodeURIComponent(name)}`);
  const diff = data.data;
  return (
    <section>
      <Heading>{t.diff(name)}</Heading>
      <p>
        <a class="utrecht-link" href="/regels">
          {t.back}
        </a>
      </p>
      <Waiting data={data} />
      {diff ? (
        <>
          <Table
            caption={t.portfolio}
            columns={[
              { field: 'which', label: t.rulebook },
              { field: 'women', label: t.women, kind: 'count' },
              { field: 'phases', label: t.phases, kind: 'count' },
              { field: 'claims', label: t.claims, kind: 'count' },
              { field: 'claimed_cents', label: nl.word.amount, kind: 'cents' },
              { field: 'undecided', label: t.undecided, kind: 'count' },
            ]}
            rows={[{ which: t.now, ...diff.before }, { which: name, ...diff.after }]}
          />
          <p>
            <strong>{t.difference(euros(diff.difference_cents))}</strong> {t.changed(count(diff.changed))}
          </p>
          {diff.changed > 0 ? (
            <>
              <Table caption={t.changes(count((diff.changes ?? []).length))} columns={changeColumns} rows={diff.changes ?? []} />
              <Table caption={t.participants} columns={participantColumns} rows={diff.participants ?? []} />
            </>
          ) : null}
          {diff.stale ? <p>{nl.stale}</p> : null}
        </>
      ) : null}
    </section>
  );
}

const changeColumns: Column[] = [
  { field: 'woman', label: nl.word.woman, show: (row) => <a class="utrecht-link" href={`/zwangerschap/${row.woman}`}>{String(row.woman).slice(0, 8)}</a> },
  { field: 'pregnancy', label: t.pregnancy, kind: 'count' },
  { field: 'phase_label', label: nl.word.phase },
  { field: 'before', label: t.now, kind: 'long' },
  { field: 'after', label: t.then, kind: 'long' },
];

const participantColumns: Column[] = [
  { field: 'participant', label: nl.word.participant, kind: 'party' },
  { field: 'bundled_before_cents', label: t.bundledNow, kind: 'cents' },
  { field: 'bundled_after_cents', label: t.bundledThen, kind: 'cents' },
  { field: 'mono_before_cents', label: t.monoNow, kind: 'cents' },
  { field: 'mono_after_cents', label: t.monoThen, kind: 'cents' },
  { field: 'open_before_cents', label: t.openNow, kind: 'cents' },
  { field: 'open_after_cents', label: t.openThen, kind: 'cents' },
];

export function DecisionDetail({ address }: PageProps) {
  const [, regime, id] = address.path;
  const data = useData(`/rules/${regime}/${id}`, (decision) => !decision.tests && !decision.proof);
  const decision = data.data;
  return (
    <>
      <Title>{decision ? decision.name : nl.pages.regels}</Title>
      <p>
        <a class="utrecht-link" href="/regels">
          {t.back}
        </a>
      </p>
      <Waiting data={data} />
      {decision ? (
        <>
          <p>{decision.question}</p>
          <DecisionTable decision={decision} />
          <Proof decision={decision} />
        </>
      ) : null}
    </>
  );
}

function DecisionTable({ decision }: { decision: Row }) {
  const inputs: string[] = decision.inputs ?? [];
  const outputs: string[] = decision.outputs ?? [];
  return (
    <Table
      caption={decision.name}
      hideCaption
      columns={[
        { field: 'id', label: t.rule },
        ...inputs.map((label, index) => ({ field: `+in${index}`, label, show: (row: Row) => row.inputs[index] })),
        ...outputs.map((label, index) => ({ field: `+out${index}`, label, show: (row: Row) => <strong>{row.outputs[index]}</strong> })),
        { field: 'note', label: t.note, kind: 'long', show: (row: Row) => row.note ?? nothing },
      ]}
      rows={decision.rows ?? []}
    />
  );
}

function Proof({ decision }: { decision: Row }) {
  const { tests, proof } = decision;
  if (!tests && !proof) return <p role="status">{t.working}</p>;
  return (
    <section>
      <Heading>{t.proof}</Heading>
      {proof ? <p>{proof.holds ? t.holds : t.holdsNot}</p> : null}
      <ul>
        {(proof?.problems ?? []).map((text: string) => (
          <li>{text}</li>
        ))}
      </ul>
      <Heading>{t.tests}</Heading>
      {tests ? (
        <>
          <p>
            {tests.wrong.length === 0 ? t.rows(count(tests.rows)) : t.wrong(count(tests.wrong.length))} {t.unreached(count(tests.unreached.length))}
          </p>
          {tests.wrong.length > 0 ? (
            <Table
              caption={t.tests}
              columns={[
                { field: 'line', label: nl.word.row, kind: 'count' },
                { field: 'expected', label: nl.word.expected },
                { field: 'got', label: nl.word.outcome },
                { field: 'why', label: nl.word.why },
              ]}
              rows={tests.wrong}
            />
          ) : null}
        </>
      ) : null}
    </section>
  );
}
