import type { PageProps } from '../app';
import { query, type Row } from '../api';
import { day, euros, nothing } from '../format';
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
          2024-05, 2024-K2 of 2024
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
        {day(mine.first)} t/m {day(mine.last)} ({mine.final ? t.final : t.open})
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
          { field: 'performance_name', label: 'Prestatie', show: (row) => row.performance_name ?? row.performance },
          { field: 'pot', label: 'Pot' },
          { field: 'first', label: 'Van', kind: 'day' },
          { field: 'last', label: 'T/m', kind: 'day' },
          { field: 'own_value_cents', label: 'Zelf gedeclareerd', kind: 'cents' },
          { field: 'others_cents', label: 'Alle anderen samen', kind: 'cents' },
          { field: 'before_cents', label: 'Was', kind: 'cents' },
          { field: 'after_cents', label: 'Wordt', kind: 'cents' },
          { field: 'change_cents', label: 'Verschil', kind: 'cents' },
        ]}
        rows={mine.pots ?? []}
      />
      <Table
        caption={t.movements}
        columns={[
          { field: 'booked', label: nl.today.when, kind: 'day' },
          { field: 'kind_label', label: 'Soort' },
          { field: 'cents', label: nl.today.euros, kind: 'cents' },
        ]}
        rows={mine.movements ?? []}
      />
      {mine.late?.length ? (
        <Table
          caption={t.late}
          columns={[
            { field: 'line', label: 'Regel' },
            { field: 'latest_submit_day', label: 'Uiterste indiendag', kind: 'day' },
            { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
          ]}
          rows={mine.late}
        />
      ) : null}
      <p>{mine.participant ?? nothing}</p>
    </section>
  );
}
