import type { PageProps } from '../app';
import { query, type Row } from '../api';
import { day, euros } from '../format';
import { nl } from '../nl';
import { lineColumns } from '../parts/care';
import { useData, Waiting } from '../parts/data';
import { Facts, Heading, List, Table, Title } from '../parts/table';
import { setQuery } from '../router';
import { Upload } from './messages';

const t = nl.mine;

export function Mine({ address }: PageProps) {
  const period = address.query.get('period') ?? '';
  const data = useData('/mine' + query({ period }));
  return (
    <>
      <Title>{nl.pages['mijn-praktijk']}</Title>
      <Period period={period} />
      <Waiting data={data} />
      {data.data ? <Statement mine={data.data} period={period} /> : null}
      <Upload />
      <Heading>{t.lines}</Heading>
      <List path="/mine/lines" address={address} caption={t.lines} columns={lineColumns} />
    </>
  );
}

function Period({ period }: { period: string }) {
  const submit = (event: Event) => {
    event.preventDefault();
    setQuery({ period: String(new FormData(event.target as HTMLFormElement).get('period')) });
  };
  return (
    <form class="desk-filters" onSubmit={submit}>
      <label>
        {t.period}
        <span class="desk-hint" id="periode-uitleg">
          {t.periodHelp}
        </span>
        <input class="utrecht-textbox" name="period" defaultValue={period} aria-describedby="periode-uitleg" autocomplete="off" />
      </label>
      <button type="submit" class="utrecht-button utrecht-button--secondary-action">
        {nl.list.show}
      </button>
    </form>
  );
}

function Statement({ mine, period }: { mine: Row; period: string }) {
  const file = (kind: string) => `/api/v1/mine/statement.${kind}${query({ period })}`;
  return (
    <section>
      <Heading>
        {t.of(day(mine.first), day(mine.last), mine.final ? t.final : t.open)}
      </Heading>
      <Facts
        facts={[
          [t.opening, euros(mine.opening_cents)],
          [t.closing, <strong class="desk-large">{euros(mine.closing_cents)}</strong>],
        ]}
      />
      <p class="desk-downloads">
        <a class="utrecht-link" href={file('pdf')} download>
          {t.pdf}
        </a>{' '}
        <a class="utrecht-link" href={file('xlsx')} download>
          {t.xlsx}
        </a>
      </p>
      <Table
        caption={t.pots}
        columns={[
          { field: 'performance_name', label: nl.word.performance, show: (row) => row.performance_name ?? row.performance },
          { field: 'pot', label: nl.word.pot },
          { field: 'first', label: nl.word.from, kind: 'day' },
          { field: 'last', label: nl.word.until, kind: 'day' },
          { field: 'own_value_cents', label: nl.word.ownDeclared, kind: 'cents' },
          { field: 'others_cents', label: nl.word.allOthers, kind: 'cents' },
          { field: 'before_cents', label: nl.word.before, kind: 'cents' },
          { field: 'after_cents', label: nl.word.after, kind: 'cents' },
          { field: 'change_cents', label: nl.word.difference, kind: 'cents' },
        ]}
        rows={mine.pots ?? []}
      />
      {(mine.pots ?? []).map((pot: Row, index: number) => (
        <Steps key={index} pot={pot} />
      ))}
      <Table
        caption={t.movements}
        columns={[
          { field: 'booked', label: nl.today.when, kind: 'day' },
          { field: 'kind_label', label: nl.word.kind },
          { field: 'cents', label: nl.today.euros, kind: 'cents' },
        ]}
        rows={mine.movements ?? []}
      />
      {mine.late?.length ? (
        <Table
          caption={t.late}
          columns={[
            { field: 'line', label: nl.word.line },
            { field: 'latest_submit_day', label: nl.word.latestSubmitDay, kind: 'day' },
            { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
          ]}
          rows={mine.late}
        />
      ) : null}
    </section>
  );
}

// How the own part of one pot came about, step by step as the model says.
function Steps({ pot }: { pot: Row }) {
  if (!pot.steps?.length) return null;
  const title = `${t.steps}: ${pot.performance_name ?? pot.performance}, ${pot.pot}`;
  return (
    <details class="desk-why">
      <summary>{title}</summary>
      <Table
        caption={title}
        hideCaption
        columns={[
          { field: 'name', label: nl.word.name },
          { field: 'basis_cents', label: t.basis, kind: 'cents' },
          { field: 'taken_cents', label: t.taken, kind: 'cents' },
          { field: 'own_cents', label: t.own, kind: 'cents' },
          { field: 'source', label: nl.word.source },
        ]}
        rows={pot.steps}
      />
    </details>
  );
}
