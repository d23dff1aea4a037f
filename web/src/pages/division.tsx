import { useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { query, type Row } from '../api';
import { count, day, euros, nothing, percent } from '../format';
import { nl } from '../nl';
import { useData, Waiting } from '../parts/data';
import { Facts, Heading, Picture, Table, Title, type Column } from '../parts/table';
import { setQuery } from '../router';

const t = nl.division;

export function Division({ address, session }: PageProps) {
  const data = useData('/division/models');
  const models: Row[] = data.data?.items ?? [];
  return (
    <>
      <Title>{nl.pages.verdeling}</Title>
      <Waiting data={data} />
      {models.map((model) => (
        <Model key={model.id} model={model} />
      ))}
      {session.role === 'controller' && data.data ? (
        <>
          <Shares />
          <Compare models={models} a={address.query.get('a') ?? ''} b={address.query.get('b') ?? ''} asked={address.query.has('b')} />
          <Forecast />
        </>
      ) : null}
    </>
  );
}

const steps: Column[] = [
  { field: 'number', label: 'Stap', kind: 'count' },
  { field: 'name', label: 'Naam' },
  { field: 'kind_label', label: 'Soort' },
  { field: 'text', label: 'Hoe' },
  { field: 'weights', label: 'Sleutel', show: (row) => (row.weights ?? []).map((one: Row) => <div>{`${one.payee}: ${count(one.weight)}`}</div>) },
  { field: 'vat_label', label: 'Btw' },
  { field: 'source', label: 'Bron' },
  { field: 'status_label', label: 'Zekerheid' },
];

function Model({ model }: { model: Row }) {
  const decision = model.decision;
  return (
    <section>
      <Heading>
        {t.model(model.id)}
        {model.in_force ? ` (${t.inForce})` : ''}
      </Heading>
      <Facts
        facts={[
          ['Vanaf', day(model.from)],
          ['Pot', model.pot_label],
          ['Zekerheid', model.status_label],
          [t.decision, decision ? `${day(decision.day)}, ${decision.by}: ${t.votes(count(decision.in_favour), count(decision.against), count(decision.abstained))}` : t.noDecision],
          ['Bron', model.source],
        ]}
      />
      <Table caption={t.steps} columns={steps} rows={model.steps ?? []} />
    </section>
  );
}

function Shares() {
  const data = useData('/division/shares');
  return (
    <section>
      <Heading>{t.shares}</Heading>
      <Waiting data={data} />
      {data.data ? (
        <>
          <Picture svg={data.data.plot_svg} />
          <Table
            caption={t.shares}
            columns={[
              { field: 'participant', label: 'Deelnemer' },
              { field: 'shadow_cents', label: 'Gedeclareerd', kind: 'cents' },
              { field: 'share_cents', label: 'Te ontvangen', kind: 'cents' },
              { field: 'difference_cents', label: 'Verschil', kind: 'cents' },
            ]}
            rows={data.data.items ?? []}
          />
        </>
      ) : null}
    </section>
  );
}

function Choice({ name, label, models, value }: { name: string; label: string; models: Row[]; value: string }) {
  return (
    <label>
      {label}
      <select class="utrecht-select" name={name}>
        <option value="geldend">{t.inForceModel}</option>
        {models.map((model) => (
          <option value={model.id} selected={model.id === value}>
            {model.id}
          </option>
        ))}
      </select>
    </label>
  );
}

function Compare({ models, a, b, asked }: { models: Row[]; a: string; b: string; asked: boolean }) {
  const data = useData(asked ? '/division/compare' + query({ a, b }) : '');
  const submit = (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    setQuery({ a: String(form.get('a')), b: String(form.get('b')) });
  };
  return (
    <section>
      <Heading>{t.compare}</Heading>
      <form class="desk-filters" onSubmit={submit}>
        <Choice name="a" label={t.a} models={models} value={a} />
        <Choice name="b" label={t.b} models={models} value={b} />
        <button type="submit" class="utrecht-button utrecht-button--primary-action">
          {t.do}
        </button>
      </form>
      {asked ? <Waiting data={data} /> : null}
      {data.data ? <Compared comparison={data.data} /> : null}
    </section>
  );
}

const interval = (row: Row) => (row.interval_cents ? `${euros(row.interval_cents[0])} tot ${euros(row.interval_cents[1])}` : t.unsure);

const differences: Column[] = [
  { field: 'discipline_label', label: 'Discipline' },
  { field: 'a_cents', label: t.a, kind: 'cents' },
  { field: 'b_cents', label: t.b, kind: 'cents' },
  { field: 'cents', label: 'Verschil', kind: 'cents' },
  { field: 'ppm', label: 'Verschil in %', show: (row) => percent(row.ppm) },
  { field: 'interval_cents', label: t.interval, show: interval },
];

function Compared({ comparison }: { comparison: Row }) {
  return (
    <>
      <p>{t.replicates(count(comparison.replicates))}</p>
      <Picture svg={comparison.plot_svg} />
      <Table caption={t.participants} columns={[{ field: 'participant', label: 'Deelnemer' }, ...differences]} rows={comparison.participants ?? []} />
      <Table caption={t.disciplines} columns={differences} rows={comparison.disciplines ?? []} />
      <Table
        caption={t.terms}
        columns={[
          { field: 'label', label: 'Term' },
          { field: 'cents', label: nl.today.euros, kind: 'cents' },
        ]}
        rows={comparison.terms ?? []}
      />
    </>
  );
}

function Forecast() {
  const [shown, show] = useState(false);
  const data = useData(shown ? '/division/forecast' : '');
  return (
    <section>
      <Heading>{t.forecast}</Heading>
      {shown ? (
        <Waiting data={data} />
      ) : (
        <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => show(true)}>
          {nl.list.show}
        </button>
      )}
      {data.data ? (
        <>
          <Picture svg={data.data.plot_svg} />
          <Table
            caption={t.forecast}
            columns={[
              { field: 'first', label: 'Maandag', kind: 'day' },
              { field: 'low_cents', label: 'Laag', kind: 'cents' },
              { field: 'expected_cents', label: 'Verwacht', kind: 'cents' },
              { field: 'high_cents', label: 'Hoog', kind: 'cents' },
            ]}
            rows={data.data.weeks ?? []}
          />
          <p>{data.data.status_label ?? nothing}</p>
        </>
      ) : null}
    </section>
  );
}
