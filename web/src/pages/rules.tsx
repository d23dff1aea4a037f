import type { PageProps } from '../app';
import type { Row } from '../api';
import { count, day, nothing } from '../format';
import { nl } from '../nl';
import { useData, Waiting } from '../parts/data';
import { Heading, List, Table, Title } from '../parts/table';

const t = nl.rules;

export function Rules({ address }: PageProps) {
  const data = useData('/rules');
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
