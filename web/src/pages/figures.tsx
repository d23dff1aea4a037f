import type { PageProps } from '../app';
import { count } from '../format';
import { nl } from '../nl';
import { useData, Waiting } from '../parts/data';
import { Table, Title } from '../parts/table';

export function Figures(_: PageProps) {
  const data = useData('/aggregates');
  return (
    <>
      <Title>{nl.pages.cijfers}</Title>
      <Waiting data={data} />
      {data.data ? (
        <>
          <Table
            caption={nl.pages.cijfers}
            hideCaption
            columns={[
              { field: 'group_label', label: nl.word.group },
              { field: 'label', label: nl.word.what },
              { field: 'count', label: nl.today.number, kind: 'count' },
              { field: 'amount_cents', label: nl.today.euros, kind: 'cents' },
            ]}
            rows={data.data.items ?? []}
          />
          <p>{nl.figures.suppressed(count(data.data.suppressed), count(data.data.smallest))}</p>
        </>
      ) : null}
    </>
  );
}
