// Tables of care that stand on more than one page.
import type { Row } from '../api';
import { nl } from '../nl';
import { Table, type Column } from './table';

export const claimPath = (row: Row) => `/declaraties/${row.declarant}/${encodeURIComponent(row.reference)}`;

export const claimColumns: Column[] = [
  { field: 'reference', label: 'Referentie', show: (row) => <a class="utrecht-link" href={claimPath(row)}>{row.reference}</a> },
  { field: 'kind_label', label: 'Soort' },
  { field: 'performance', label: 'Prestatie' },
  { field: 'first', label: 'Van', kind: 'day' },
  { field: 'last', label: 'T/m', kind: 'day' },
  { field: 'insurer', label: 'Verzekeraar' },
  { field: 'amount_cents', label: 'Bedrag', kind: 'cents' },
  { field: 'granted_cents', label: 'Toegekend', kind: 'cents' },
  { field: 'paid_cents', label: 'Betaald', kind: 'cents' },
  { field: 'state_label', label: 'Stand' },
  { field: 'codes', label: 'Antwoord', show: (row) => (row.codes ?? []).map((code: Row) => <span title={code.text}>{code.code} {code.text} </span>) },
  { field: 'sent_day', label: 'Verstuurd', kind: 'day' },
];

// Of the insurer there is no woman page and no other list.
export const insurerClaimColumns: Column[] = claimColumns.map((column) =>
  column.field === 'reference'
    ? { ...column, show: (row) => <a class="utrecht-link" href={`/mijn-verzekerden/${row.declarant}/${encodeURIComponent(row.reference)}`}>{row.reference}</a> }
    : column,
);

export const lineColumns: Column[] = [
  { field: 'line', label: 'Regel' },
  { field: 'declarant', label: 'Declarant' },
  { field: 'performance', label: 'Prestatie' },
  { field: 'first', label: 'Van', kind: 'day' },
  { field: 'last', label: 'T/m', kind: 'day' },
  { field: 'amount_cents', label: 'Bedrag', kind: 'cents' },
  { field: 'disposition_label', label: 'Bestemming' },
  { field: 'reason_label', label: 'Reden' },
  { field: 'parts', label: 'Fase', show: (row) => (row.parts ?? []).map((part: Row) => `${part.phase_label} `) },
  { field: 'received', label: 'Ontvangen', kind: 'day' },
];

export const phaseColumns: Column[] = [
  { field: 'label', label: 'Fase' },
  { field: 'first', label: 'Van', kind: 'day' },
  { field: 'last', label: 'T/m', kind: 'day' },
  { field: 'route_label', label: 'Route', show: (row) => <strong class={'desk-route desk-route--' + row.route}>{row.route_label}</strong> },
  { field: 'reason_label', label: 'Reden' },
  { field: 'performance_name', label: 'Prestatie' },
  { field: 'price_cents', label: 'Prijs', kind: 'cents' },
  { field: 'shadow_cents', label: 'Gedeclareerd door deelnemers', kind: 'cents' },
  { field: 'insurer', label: 'Verzekeraar' },
  { field: 'latest_submit_day', label: 'Uiterste indiendag', kind: 'day' },
  { field: 'status_label', label: 'Zekerheid' },
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

export function Claims({ rows }: { rows: Row[] }) {
  return <Table caption={nl.woman.claims} columns={claimColumns} rows={rows} />;
}

export function Lines({ rows }: { rows: Row[] }) {
  return <Table caption={nl.woman.lines} columns={lineColumns} rows={rows} />;
}
