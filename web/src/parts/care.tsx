// Tables of care that stand on more than one page.
import type { Row } from '../api';
import { nl } from '../nl';
import { Table, type Column } from './table';

export const claimPath = (row: Row) => `/declaraties/${row.declarant}/${encodeURIComponent(row.reference)}`;

export const claimColumns: Column[] = [
  { field: 'reference', label: nl.word.reference, kind: 'key', show: (row) => <a class="utrecht-link" href={claimPath(row)}>{row.reference}</a> },
  { field: 'kind_label', label: nl.word.kind },
  { field: 'performance', label: nl.word.performance },
  { field: 'first', label: nl.word.from, kind: 'day' },
  { field: 'last', label: nl.word.until, kind: 'day' },
  { field: 'insurer', label: nl.word.insurer, kind: 'party' },
  { field: 'amount_cents', label: nl.word.amount, kind: 'cents', sort: '-amount' },
  { field: 'granted_cents', label: nl.word.granted, kind: 'cents' },
  { field: 'paid_cents', label: nl.word.paid, kind: 'cents' },
  { field: 'state_label', label: nl.word.state },
  { field: 'codes', label: nl.word.answer, show: (row) => (row.codes ?? []).map((code: Row) => <span title={code.text}>{code.code} {code.text} </span>) },
  { field: 'sent_day', label: nl.word.sent, kind: 'day', sort: '-sent_day' },
];

// Of the insurer there is no woman page and no other list.
export const insurerClaimColumns: Column[] = claimColumns.map((column) =>
  column.field === 'reference'
    ? { ...column, show: (row) => <a class="utrecht-link" href={`/mijn-verzekerden/${row.declarant}/${encodeURIComponent(row.reference)}`}>{row.reference}</a> }
    : column,
);

export const lineColumns: Column[] = [
  { field: 'line', label: nl.word.line, kind: 'key' },
  { field: 'declarant', label: nl.word.declarant, kind: 'party' },
  { field: 'performance', label: nl.word.performance },
  { field: 'first', label: nl.word.from, kind: 'day' },
  { field: 'last', label: nl.word.until, kind: 'day' },
  { field: 'amount_cents', label: nl.word.amount, kind: 'cents' },
  { field: 'disposition_label', label: nl.word.disposition },
  { field: 'reason_label', label: nl.word.reason, kind: 'long' },
  { field: 'parts', label: nl.word.phase, show: (row) => (row.parts ?? []).map((part: Row) => `${part.phase_label} `) },
  { field: 'received', label: nl.word.received, kind: 'day' },
];

export const phaseColumns: Column[] = [
  { field: 'label', label: nl.word.phase },
  { field: 'first', label: nl.word.from, kind: 'day' },
  { field: 'last', label: nl.word.until, kind: 'day' },
  { field: 'route_label', label: nl.word.route, show: (row) => <strong class={'desk-route desk-route--' + row.route}>{row.route_label}</strong> },
  { field: 'reason_label', label: nl.word.reason, kind: 'long' },
  { field: 'performance_name', label: nl.word.performance },
  { field: 'price_cents', label: nl.word.price, kind: 'cents' },
  { field: 'shadow_cents', label: nl.word.declaredByParticipants, kind: 'cents' },
  { field: 'insurer', label: nl.word.insurer, kind: 'party' },
  { field: 'latest_submit_day', label: nl.word.latestSubmitDay, kind: 'day' },
  { field: 'status_label', label: nl.word.certainty },
];

export function Reasons({ phases }: { phases: Row[] }) {
  return (
    <>
      {phases.map((phase, index) => (
        <details key={index} class="desk-why">
          <summary>
            {nl.woman.whyPhase(phase.label)}: {phase.route_label}, {phase.reason_label}
          </summary>
          <ul>
            {(phase.trail ?? []).map((step: string) => (
              <li>{step}</li>
            ))}
          </ul>
          {phase.nearest ? (
            <p>
              <strong>{nl.woman.nearest}.</strong> {phase.nearest}
            </p>
          ) : null}
        </details>
      ))}
    </>
  );
}

export function Claims({ rows, hideCaption }: { rows: Row[]; hideCaption?: boolean }) {
  return <Table caption={nl.woman.claims} columns={claimColumns} rows={rows} hideCaption={hideCaption} />;
}

export function Lines({ rows, hideCaption }: { rows: Row[]; hideCaption?: boolean }) {
  return <Table caption={nl.woman.lines} columns={lineColumns} rows={rows} hideCaption={hideCaption} />;
}
