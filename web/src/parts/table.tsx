import type { ComponentChildren } from 'preact';
import { query as asQuery, type Row } from '../api';
import { count, day, euros, instant, nothing, text } from '../format';
import { named, namesOf } from '../names';
import { nl } from '../nl';
import { setQuery, type Address } from '../router';
import { useData, Waiting } from './data';

export interface Column {
  field: string;
  label: string;
  kind?: 'text' | 'long' | 'cents' | 'day' | 'count' | 'instant' | 'key' | 'party';
  sort?: string; // what the server calls the order by this column; a '-' before it: largest first
  show?: (row: Row) => ComponentChildren;
}

const writers = { text, long: text, cents: euros, day, count, instant, key: text, party: named };

function cell(column: Column, row: Row): ComponentChildren {
  if (!column.show) return writers[column.kind ?? 'text'](row[column.field]);
  const shown = column.show(row);
  return Array.isArray(shown) && shown.length === 0 ? nothing : shown;
}

function classOf(column: Column): string {
  if (column.kind === 'cents' || column.kind === 'count') return ' desk-number';
  if (column.kind === 'key' || column.kind === 'long') return ` desk-${column.kind}`;
  return column.kind === 'day' || column.kind === 'instant' ? ' desk-day' : '';
}

interface TableProps {
  caption: string;
  columns: Column[];
  rows: Row[];
  hideCaption?: boolean; // a heading above the table says the same
  sorted?: string;
  isBusy?: boolean;
}

// Columns that no row has (the role may not see them) are left out. A column that is not a field of the rows, such as
// one of buttons, says so by a field of its own that begins with '+'.
export function Table({ caption, columns, rows, hideCaption, sorted, isBusy }: TableProps) {
  if (rows.length === 0) return <p>{nl.none(caption)}</p>;
  const shown = columns.filter((column) => column.field.startsWith('+') || rows.some((row) => column.field in row));
  return (
    <div class="desk-scroll" tabIndex={0} role="group" aria-label={caption} aria-busy={isBusy}>
      <table class="utrecht-table">
        <caption class={hideCaption ? 'desk-unseen' : 'utrecht-table__caption'}>{caption}</caption>
        <thead class="utrecht-table__header">
          <tr>
            {shown.map((column) => (
              <th scope="col" key={column.field} class={'utrecht-table__header-cell' + classOf(column)} aria-sort={orderOf(column, sorted)}>
                {column.sort && sorted !== undefined ? <SortBy column={column} /> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="utrecht-table__body">
          {rows.map((row, index) => (
            <tr class="utrecht-table__row" key={index}>
              {shown.map((column) => (
                <td key={column.field} class={'utrecht-table__cell' + classOf(column)}>
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

function orderOf(column: Column, sorted?: string) {
  if (!column.sort || column.sort !== sorted) return undefined;
  return sorted.startsWith('-') ? ('descending' as const) : ('ascending' as const);
}

function SortBy({ column }: { column: Column }) {
  return (
    <button type="button" class="desk-sort" onClick={() => setQuery({ sort: column.sort! })}>
      {column.label}
    </button>
  );
}

export interface Filter {
  name: string;
  label: string;
  choices?: Record<string, string>; // none: a text to type
  codes?: number; // digits of a code to type, of which names are suggested
}

const pageSize = 50;

interface ListProps {
  path: string;
  address: Address;
  caption: string;
  columns: Column[];
  filters?: Filter[];
  order?: string; // how the server sorts when it is not asked
  name?: string; // of a second list on a page: it turns its own pages
}

// A list of the server: filters in the address, a page at a time, downloads of the whole.
export function List({ path, address, caption, columns, filters = [], order, name }: ListProps) {
  const turned = name ? name + '-offset' : 'offset';
  const offset = Number(address.query.get(turned) ?? 0);
  const asked = Object.fromEntries(filters.map((filter) => [filter.name, address.query.get(filter.name) ?? '']));
  const page = path + asQuery({ ...asked, offset, limit: pageSize });
  const data = useData(page);
  const isBusy = data.data !== null && data.path !== page;
  return (
    <div>
      <Filters filters={filters} asked={asked} />
      <Waiting data={data} />
      {data.data ? (
        <>
          <Table caption={caption} columns={columns} rows={data.data.items ?? []} sorted={asked.sort || order} isBusy={isBusy} hideCaption />
          <Paging turned={turned} offset={offset} shown={(data.data.items ?? []).length} total={data.data.total} />
          <p class="desk-downloads">
            <a class="utrecht-link" href={'/api/v1' + path + asQuery({ ...asked, format: 'csv' })} download>
              {nl.list.csv}
              <span class="desk-unseen">: {caption}</span>
            </a>{' '}
            <a class="utrecht-link" href={'/api/v1' + path + asQuery({ ...asked, format: 'xlsx' })} download>
              {nl.list.xlsx}
              <span class="desk-unseen">: {caption}</span>
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
            <input name={filter.name} class="utrecht-textbox" defaultValue={asked[filter.name]} autocomplete="off" list={filter.codes ? `names-${filter.codes}` : undefined} />
          )}
        </label>
      ))}
      {filters.map((filter) => (filter.codes ? <Names key={filter.codes} digits={filter.codes} /> : null))}
      <button type="submit" class="utrecht-button utrecht-button--secondary-action">
        {nl.list.show}
      </button>
    </form>
  );
}

function Names({ digits }: { digits: number }) {
  return (
    <datalist id={`names-${digits}`}>
      {namesOf(digits).map(([code, name]) => (
        <option value={code} key={code}>
          {name}
        </option>
      ))}
    </datalist>
  );
}

function Paging({ turned, offset, shown, total }: { turned: string; offset: number; shown: number; total: number }) {
  if (typeof total !== 'number' || total <= pageSize) return <p role="status">{nl.list.total(count(total))}</p>;
  return (
    <nav aria-label={nl.list.paging} class="desk-paging">
      <Turn turned={turned} label={nl.list.previous} to={Math.max(0, offset - pageSize)} isPossible={offset > 0} />
      <span role="status">{nl.list.range(count(offset + 1), count(offset + shown), count(total))}</span>
      <Turn turned={turned} label={nl.list.next} to={offset + pageSize} isPossible={offset + shown < total} />
    </nav>
  );
}

// A button that is disabled would lose the focus of who pages to the last page.
function Turn({ turned, label, to, isPossible }: { turned: string; label: string; to: number; isPossible: boolean }) {
  const turn = () => isPossible && setQuery({ [turned]: to === 0 ? '' : String(to) });
  return (
    <button type="button" class="utrecht-button utrecht-button--secondary-action" aria-disabled={!isPossible} onClick={turn}>
      {label}
    </button>
  );
}

export type Fact = [string, ComponentChildren];

export function Facts({ facts }: { facts: Fact[] }) {
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

// A picture that the server drew: it has its own title and description. It may be wider than the screen.
export function Picture({ svg, label }: { svg: unknown; label: string }) {
  if (typeof svg !== 'string' || svg === '') return null;
  return <div class="desk-picture" tabIndex={0} role="group" aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />;
}

export function Title({ children }: { children: ComponentChildren }) {
  return (
    <h1 class="utrecht-heading-1" tabIndex={-1}>
      {children}
    </h1>
  );
}

export function Heading({ id, children }: { id?: string; children: ComponentChildren }) {
  return (
    <h2 class="utrecht-heading-2" id={id} tabIndex={id ? -1 : undefined}>
      {children}
    </h2>
  );
}
