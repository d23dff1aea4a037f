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
  { field: 'number', label: nl.word.step, kind: 'count' },
  { field: 'name', label: nl.word.name },
  { field: 'kind_label', label: nl.word.kind },
  { field: 'text', label: nl.word.how, kind: 'long' },
  { field: 'weights', label: nl.word.weights, kind: 'key', show: (row) => (row.weights ?? []).map((one: Row) => <div>{`${one.payee}: ${count(one.weight)}`}</div>) },
  { field: 'vat_label', label: nl.word.vat },
  { field: 'source', label: nl.word.source, kind: 'long' },
  { field: 'status_label', label: nl.word.certainty },
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
          [nl.word.since, day(model.from)],
          [nl.word.pot, model.pot_label],
          [nl.word.certainty, model.status_label],
          [t.decision, decision ? t.decided(day(decision.day), decision.by, t.votes(count(decision.in_favour), count(decision.against), count(decision.abstained))) : t.noDecision],
          [nl.word.source, model.source],
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
          <Picture svg={data.data.plot_svg} label={t.shares} />
          <Table
            caption={t.shares}
            hideCaption
            columns={[
              { field: 'participant', label: nl.word.participant, kind: 'party' },
              { field: 'shadow_cents', label: nl.word.declared, kind: 'cents' },
              { field: 'share_cents', label: nl.word.toReceive, kind: 'cents' },
              { field: 'difference_cents', label: nl.word.difference, kind: 'cents' },
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
        <Choice name="b" label={t.b} models={models} value={b || (models.find((model) => !model.in_force)?.id ?? '')} />
        <button type="submit" class="utrecht-button utrecht-button--primary-action">
          {t.do}
        </button>
      </form>
      {asked ? <Waiting data={data} /> : null}
      {data.data ? <Compared comparison={data.data} /> : null}
    </section>
  );
}

const interval = (row: Row) => (row.interval_cents ? t.range(euros(row.interval_cents[0]), euros(row.interval_cents[1])) : t.unsure);

const differences: Column[] = [
  { field: 'discipline_label', label: nl.word.discipline },
  { field: 'a_cents', label: t.a, kind: 'cents' },
  { field: 'b_cents', label: t.b, kind: 'cents' },
  { field: 'cents', label: nl.word.difference, kind: 'cents' },
  { field: 'ppm', label: nl.word.differencePercent, kind: 'count', show: (row) => percent(row.ppm) },
  { field: 'interval_cents', label: t.interval, kind: 'key', show: interval },
];

function Compared({ comparison }: { comparison: Row }) {
  return (
    <>
      <p>{t.replicates(count(comparison.replicates))}</p>
      <Picture svg={comparison.plot_svg} label={t.participants} />
      <Table caption={t.participants} columns={[{ field: 'participant', label: nl.word.participant, kind: 'party' }, ...differences]} rows={comparison.participants ?? []} />
      <Table caption={t.disciplines} columns={differences} rows={comparison.disciplines ?? []} />
      <Table
        caption={t.terms}
        columns={[
          { field: 'label', label: nl.word.term },
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
          <Picture svg={data.data.plot_svg} label={t.forecast} />
          <Table
            caption={t.forecast}
            hideCaption
            columns={[
              { field: 'first', label: nl.word.monday, kind: 'day' },
              { field: 'low_cents', label: nl.word.low, kind: 'cents' },
              { field: 'expected_cents', label: nl.word.expected, kind: 'cents' },
              { field: 'high_cents', label: nl.word.high, kind: 'cents' },
            ]}
            rows={data.data.weeks ?? []}
          />
          <p>{data.data.status_label ?? nothing}</p>
        </>
      ) : null}
    </section>
  );
}
