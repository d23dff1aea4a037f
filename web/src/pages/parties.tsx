import type { PageProps } from '../app';
import type { Row } from '../api';
import { day, euros } from '../format';
import { nl } from '../nl';
import { Heading, List, Title, type Column } from '../parts/table';

const t = nl.parties;

const until = (last: unknown) => (last === null ? t.always : day(last));

const participants: Column[] = [
  { field: 'code', label: 'AGB-code' },
  { field: 'discipline_label', label: 'Discipline' },
  {
    field: 'memberships',
    label: t.memberships,
    show: (row) => (row.memberships ?? []).map((one: Row) => <div>{`${day(one.first)} t/m ${until(one.last)}, gemeld ${day(one.received)} (${one.status_label})`}</div>),
  },
  { field: 'accounts', label: t.accounts, show: (row) => (row.accounts ?? []).map((one: Row) => <div>{`${one.masked} vanaf ${day(one.first)}`}</div>) },
  { field: 'shadow_cents', label: 'Gedeclareerd', kind: 'cents' },
  { field: 'share_cents', label: 'Te ontvangen', kind: 'cents' },
];

const contracts: Column[] = [
  { field: 'key', label: 'Contract' },
  { field: 'insurer', label: 'Verzekeraars' },
  { field: 'regime', label: 'Regime' },
  { field: 'first', label: 'Van', kind: 'day' },
  { field: 'last', label: 'T/m', show: (row) => until(row.last) },
  { field: 'received', label: 'Gemeld', kind: 'day' },
  { field: 'policy_label', label: 'Samenloop' },
  { field: 'performances', label: 'Prestaties' },
  { field: 'status_label', label: 'Zekerheid' },
  { field: 'prices', label: t.prices, show: (row) => (row.prices ?? []).map((one: Row) => <div>{`${one.name ?? one.performance}: ${euros(one.price_cents)}`}</div>) },
];

export function Parties({ address }: PageProps) {
  return (
    <>
      <Title>{nl.pages.deelnemers}</Title>
      <Heading>{t.participants}</Heading>
      <List path="/participants" address={address} caption={t.participants} columns={participants} />
      <Heading>{t.contracts}</Heading>
      <List path="/contracts" address={address} caption={t.contracts} columns={contracts} />
    </>
  );
}
