import type { PageProps } from '../app';
import type { Row } from '../api';
import { euros, nothing } from '../format';
import { nl } from '../nl';
import { useData, Waiting } from '../parts/data';
import { Heading, List, Table, Title, type Column } from '../parts/table';

const t = nl.ledger;

const entries: Column[] = [
  { field: 'number', label: nl.word.number, kind: 'count' },
  { field: 'booking_day', label: nl.word.bookingDay, kind: 'day' },
  { field: 'kind_label', label: nl.word.kind },
  { field: 'claim', label: nl.word.claim, show: (row) => (row.claim ? <a class="utrecht-link" href={`/declaraties/${row.claim.declarant}/${encodeURIComponent(row.claim.reference)}`}>{row.claim.reference}</a> : nothing) },
  { field: 'postings', label: t.postings, show: (row) => (row.postings ?? []).map((one: Row) => <div class="desk-posting"><span>{one.account}</span> <span>{euros(one.amount_cents)}</span></div>) },
  { field: 'key', label: nl.word.key },
];

const books: Column[] = [
  { field: 'participant', label: nl.word.participant, kind: 'party' },
  { field: 'shadow_cents', label: nl.word.shadow, kind: 'cents' },
  { field: 'coming_cents', label: nl.word.toReceive, kind: 'cents' },
  { field: 'advance_cents', label: nl.word.advance, kind: 'cents' },
  { field: 'in_transit_cents', label: nl.word.inTransit, kind: 'cents' },
];

export function Ledger({ address, session }: PageProps) {
  const account = address.query.get('account') ?? '';
  if (account !== '' || address.query.get('deel') === 'boekingen') return <Entries address={address} session={session} account={account} />;
  return (
    <>
      <Title>{nl.pages.grootboek}</Title>
      <Accounts />
      {session.role === 'controller' ? (
        <section>
          <Heading>{t.books}</Heading>
          <List path="/ledger/books" address={address} caption={t.books} columns={books} />
        </section>
      ) : null}
    </>
  );
}

function Accounts() {
  const data = useData('/ledger/accounts?limit=500');
  return (
    <section>
      <Waiting data={data} />
      {data.data ? (
        <>
          {data.data.sound === null || data.data.sound === undefined ? null : <p>{data.data.sound ? nl.today.sound : nl.today.unsound}</p>}
          <Table
            caption={t.accounts}
            columns={[
              { field: 'account', label: nl.word.ledgerAccount, show: (row) => <a class="utrecht-link" href={`/grootboek?deel=boekingen&account=${encodeURIComponent(row.account)}`}>{row.account}</a> },
              { field: 'balance_cents', label: nl.word.balance, kind: 'cents' },
            ]}
            rows={data.data.items ?? []}
          />
          <p>
            <a class="utrecht-link" href="/grootboek?deel=boekingen">
              {t.allEntries}
            </a>
          </p>
        </>
      ) : null}
    </section>
  );
}

function Entries({ address, account }: PageProps & { account: string }) {
  return (
    <>
      <Title>{account === '' ? t.allEntries : t.entries(account)}</Title>
      <p>
        <a class="utrecht-link" href="/grootboek">
          {t.back}
        </a>
      </p>
      <List
        path="/ledger/entries"
        address={address}
        caption={account === '' ? t.allEntries : t.entries(account)}
        columns={entries}
        filters={[
          { name: 'account', label: nl.word.ledgerAccount },
          { name: 'search', label: t.search },
        ]}
      />
    </>
  );
}
