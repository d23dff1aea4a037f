import type { ComponentChildren } from 'preact';
import { query as asQuery, type Row } from '../api';
import { count, day, euros, instant, text } from '../format';
import { nl } from '../nl';
import { setQuery, type Address } from '../router';
import { useData, Waiting } from './data';

export interface Column {
  field: string;
  label: string;
  kind?: 'text' | 'cents' | 'day' | 'count' | 'instant';
  show?: (row: Row) => ComponentChildren;
}

const writers = { text, cents: euros, day, count, instant };

function cell(column: Column, row: Row): ComponentChildren {
  return column.show ? column.show(row) : writers[column.kind ?? 'text'](row[column.field]);
}

function isNumeric(column: Column) {
  return column.kind === 'cents' || column.kind === 'count';
}

// Columns that no row has (the role may not see them) are left out.
export function Table({ caption, columns, rows, hideCaption }: { caption: string; columns: Column[]; rows: Row[]; hideCaption?: boolean }) {
  if (rows.length === 0) return <p>{nl.none}</p>;
  const shown = columns.filter((column) => column.show || rows.some((row) => column.field in row));
  return (
    <div class="desk-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table class="utrecht-table">
        <caption class={hideCaption ? 'desk-unseen' : 'utrecht-table__caption'}>{caption}</caption>
        <thead class="utrecht-table__header">
          <tr>
            {shown.map((column) => (
              <th scope="col" key={column.field} class={'utrecht-table__header-cell' + (isNumeric(column) ? ' desk-number' : '')}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="utrecht-table__body">
          {rows.map((row, index) => (
            <tr class="utrecht-table__row" key={index}>
              {shown.map((column) => (
                <td key={column.field} class={'utrecht-table__cell' + (isNumeric(column) ? ' desk-number' : '')}>
                  {cell(column, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface Filter {
  name: string;
  label: string;
  choices?: Record<string, string>; // none: a text to type
}

const pageSize = 50;

// A list of the server: filters in the address, a page at a time, downloads of the whole.
export function List({ path, address, caption, columns, filters = [] }: { path: string; address: Address; caption: string; columns: Column[]; filters?: Filter[] }) {
  const offset = Number(address.query.get('offset') ?? 0);
  const asked = Object.fromEntries(filters.map((filter) => [filter.name, address.query.get(filter.name) ?? '']));
  const data = useData(path + asQuery({ ...asked, offset, limit: pageSize }));
  return (
    <div>
      <Filters filters={filters} asked={asked} />
      <Waiting data={data} />
      {data.data ? (
        <>
          <Table caption={caption} columns={columns} rows={data.data.items ?? []} />
          <Paging offset={offset} shown={(data.data.items ?? []).length} total={data.data.total} />
          <p class="desk-downloads">
            <a class="utrecht-link" href={'/api/v1' + path + asQuery({ ...asked, format: 'csv' })} download>
              {nl.list.csv}
            </a>{' '}
            <a class="utrecht-link" href={'/api/v1' + path + asQuery({ ...asked, format: 'xlsx' })} download>
              {nl.list.xlsx}
            </a>
          </p>
        </>
      ) : null}
    </div>
  );
}

function Filters({ filters, asked }: { filters: Filter[]; asked: Record<string, string> }) {
  if (filters.length === 0) return null;
  const submit = (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    setQuery(Object.fromEntries(filters.map((filter) => [filter.name, String(form.get(filter.name) ?? '')])));
  };
  return (
    <form class="desk-filters" onSubmit={submit} aria-label={nl.list.filter}>
      {filters.map((filter) => (
        <label key={filter.name}>
          {filter.label}
          {filter.choices ? (
            <select name={filter.name} class="utrecht-select" defaultValue={asked[filter.name]}>
              {Object.entries(filter.choices).map(([value, label]) => (
                <option value={value} key={value} selected={value === asked[filter.name]}>
                  {label}
                </option>
              ))}
            </select>
          ) : (
            <input name={filter.name} class="utrecht-textbox" defaultValue={asked[filter.name]} autocomplete="off" />
          )}
        </label>
      ))}
      <button type="submit" class="utrecht-button utrecht-button--secondary-action">
        {nl.list.show}
      </button>
    </form>
  );
}

function Paging({ offset, shown, total }: { offset: number; shown: number; total: number }) {
  if (typeof total !== 'number' || total <= pageSize) return <p>{nl.list.total(count(total))}</p>;
  const to = (value: number) => () => setQuery({ offset: value === 0 ? '' : String(value) });
  return (
    <nav aria-label={nl.list.paging} class="desk-paging">
      <button type="button" class="utrecht-button utrecht-button--secondary-action" disabled={offset === 0} onClick={to(Math.max(0, offset - pageSize))}>
        {nl.list.previous}
      </button>
      <span>{nl.list.range(count(offset + 1), count(offset + shown), count(total))}</span>
      <button type="button" class="utrecht-button utrecht-button--secondary-action" disabled={offset + shown >= total} onClick={to(offset + pageSize)}>
        {nl.list.next}
      </button>
    </nav>
  );
}

export function Facts({ facts }: { facts: [string, ComponentChildren][] }) {
  return (
    <dl class="desk-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

// A picture that the server drew: it has its own title and description.
export function Picture({ svg }: { svg: unknown }) {
  if (typeof svg !== 'string' || svg === '') return null;
  return <div class="desk-picture" tabIndex={0} role="group" dangerouslySetInnerHTML={{ __html: svg }} />;
}

export function Title({ children }: { children: ComponentChildren }) {
  return (
    <h1 class="utrecht-heading-1" tabIndex={-1}>
      {children}
    </h1>
  );
}

export function Heading({ children }: { children: ComponentChildren }) {
  return <h2 class="utrecht-heading-2">{children}</h2>;
}
