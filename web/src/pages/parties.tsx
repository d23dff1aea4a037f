import type { PageProps } from '../app';
import type { Row } from '../api';
import { day, euros } from '../format';
import { named } from '../names';
import { nl } from '../nl';
import { Heading, List, Title, type Column } from '../parts/table';

const t = nl.parties;

const until = (last: unknown) => (last === null ? t.always : day(last));

const participants: Column[] = [
  { field: 'code', label: nl.word.participant, kind: 'party' },
  { field: 'discipline_label', label: nl.word.discipline },
  {
    field: 'memberships',
    label: t.memberships,
    kind: 'long',
    show: (row) => (row.memberships ?? []).map((one: Row) => <div>{t.membership(day(one.first), until(one.last), day(one.received), one.status_label)}</div>),
  },
  { field: 'accounts', label: t.accounts, show: (row) => (row.accounts ?? []).map((one: Row) => <div>{t.account(one.masked, day(one.first))}</div>) },
  { field: 'shadow_cents', label: nl.word.declared, kind: 'cents' },
  { field: 'share_cents', label: nl.word.toReceive, kind: 'cents' },
];

const contracts: Column[] = [
  { field: 'key', label: nl.word.contract, kind: 'key' },
  { field: 'insurer', label: nl.word.insurers, show: (row) => String(row.insurer).split(', ').map(named).join(', ') },
  { field: 'regime', label: nl.word.regime },
  { field: 'first', label: nl.word.from, kind: 'day' },
  { field: 'last', label: nl.word.until, kind: 'day', show: (row) => until(row.last) },
  { field: 'received', label: nl.word.reported, kind: 'day' },
  { field: 'policy_label', label: nl.word.overlap },
  { field: 'performances', label: nl.word.performances },
  { field: 'status_label', label: nl.word.certainty },
  { field: 'prices', label: t.prices, kind: 'key', show: (row) => (row.prices ?? []).map((one: Row) => <div>{`${one.name ?? one.performance}: ${euros(one.price_cents)}`}</div>) },
];

export function Parties({ address }: PageProps) {
  return (
    <>
      <Title>{nl.pages.deelnemers}</Title>
      <Heading>{t.participants}</Heading>
      <List path="/participants" address={address} caption={t.participants} columns={participants} />
      <Heading>{t.contracts}</Heading>
      <List name="contracten" path="/contracts" address={address} caption={t.contracts} columns={contracts} />
    </>
  );
}
