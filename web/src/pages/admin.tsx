import { useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { write, type Problem, type Row } from '../api';
import { count, nothing } from '../format';
import { nl } from '../nl';
import { Alert, useData, useOnce, Waiting } from '../parts/data';
import { Facts, Heading, List, Table, Title, type Column } from '../parts/table';

const t = nl.admin;
const roles = ['declarant', 'controller', 'deelnemer', 'verzekeraar', 'onderzoeker', 'beheerder'];

const events: Column[] = [
  { field: 'number', label: nl.word.number, kind: 'count' },
  { field: 'at', label: nl.word.instant, kind: 'instant' },
  { field: 'actor', label: nl.word.account },
  { field: 'event_label', label: nl.word.event },
  { field: 'object', label: nl.word.object },
  { field: 'woman', label: nl.word.woman, show: (row) => (row.woman ? String(row.woman).slice(0, 8) : nothing) },
  { field: 'reason', label: nl.word.reason },
  { field: 'outcome_label', label: nl.word.outcome },
  { field: 'hash', label: nl.word.link, kind: 'key' },
];

const visibility: Column[] = [
  { field: 'resource', label: nl.word.resource },
  { field: 'field', label: nl.word.field },
  { field: 'meaning', label: nl.word.meaning, kind: 'long' },
  ...['beheerder', 'declarant', 'controller', 'deelnemer', 'verzekeraar', 'onderzoeker'].map((role) => ({ field: role, label: role })),
];

const parts: Record<string, (props: PageProps) => any> = { logboek: Audit, systeem: System, zichtbaarheid: VisibilityPage };

export function Admin(props: PageProps) {
  const part = props.address.query.get('deel') ?? '';
  const Shown = parts[part] ?? People;
  const links: [string, string][] = [['', t.people], ['logboek', t.audit], ['systeem', t.system], ['zichtbaarheid', t.visibility]];
  return (
    <>
      <Title>{nl.pages.beheer}</Title>
      <nav class="desk-parts" aria-label={nl.pages.beheer}>
        {links.map(([id, label]) => (
          <a class="utrecht-link" href={'/beheer' + (id === '' ? '' : '?deel=' + id)} aria-current={id === part ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <Shown {...props} />
    </>
  );
}

function People({ session }: PageProps) {
  const once = useOnce();
  const data = useData('/people?limit=500');
  const [problem, set] = useState<Problem | null>(null);
  const [told, tell] = useState('');
  const send = (path: string, body: Row) => {
    set(null);
    tell('');
    const done = (answer: Row) => {
      if (answer.one_time_password) tell(`${t.once(answer.name, answer.one_time_password)}. ${t.onceHelp}`);
      data.again();
    };
    once(() => write('POST', path, body).then(done, set));
  };
  return (
    <section>
      <Heading>{t.people}</Heading>
      <Waiting data={data} />
      {data.data ? (
        <Table
          caption={t.people}
          hideCaption
          columns={[
            { field: 'name', label: t.name },
            { field: 'role_label', label: t.role },
            { field: 'scope', label: t.scope },
            { field: 'active', label: nl.word.active },
            { field: 'last_login', label: nl.word.lastLogin, kind: 'instant' },
            { field: '+do', label: nl.word.actions, show: (row) => (row.name === session.name ? nothing : <Doing row={row} send={send} />) },
          ]}
          rows={data.data.items ?? []}
        />
      ) : null}
      <Add send={send} />
      <div role="status" class={told === '' ? '' : 'utrecht-alert utrecht-alert--ok'}>
        {told}
      </div>
      <Alert problem={problem} />
    </section>
  );
}

function Doing({ row, send }: { row: Row; send: (path: string, body: Row) => void }) {
  return (
    <div class="desk-paging">
      <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => send(`/people/${row.name}`, { active: !row.active })}>
        {row.active ? t.switchOff : t.switchOn}
        <span class="desk-unseen"> {row.name}</span>
      </button>
      <button type="button" class="utrecht-button utrecht-button--secondary-action" onClick={() => send(`/people/${row.name}/password`, {})}>
        {t.reset}
        <span class="desk-unseen"> {row.name}</span>
      </button>
    </div>
  );
}

function Add({ send }: { send: (path: string, body: Row) => void }) {
  const submit = (event: Event) => {
    event.preventDefault();
    send('/people', Object.fromEntries(new FormData(event.target as HTMLFormElement)));
  };
  return (
    <form class="desk-filters" onSubmit={submit}>
      <label>
        {t.name}
        <input class="utrecht-textbox" name="name" required maxLength={20} autocomplete="off" autocapitalize="none" />
      </label>
      <label>
        {t.role}
        <select class="utrecht-select" name="role">
          {roles.map((role) => (
            <option value={role}>{role}</option>
          ))}
        </select>
      </label>
      <label>
        {t.scope}
        <input class="utrecht-textbox" name="scope" autocomplete="off" />
      </label>
      <button type="submit" class="utrecht-button utrecht-button--primary-action">
        {t.add}
      </button>
    </form>
  );
}

function Audit({ address }: PageProps) {
  const whole = useData('/audit?limit=1');
  return (
    <section>
      <Heading>{t.audit}</Heading>
      {whole.data ? <p>{whole.data.chain_whole ? t.whole : t.broken}</p> : null}
      <List path="/audit" address={address} caption={t.audit} columns={events} filters={[{ name: 'actor', label: nl.word.account }]} />
    </section>
  );
}

function System() {
  const data = useData('/system', (system) => system.ready === null);
  const system = data.data;
  return (
    <section>
      <Heading>{t.system}</Heading>
      <Waiting data={data} />
      {system ? (
        <>
          <Facts
            facts={[
              [nl.word.version, system.version],
              [nl.word.dataFolder, system.data_folder_kind],
              [nl.word.igo, system.igo],
              [nl.word.rulebook, system.rulebook],
              [nl.word.digest, <code class="desk-code">{system.rulebook_digest}</code>],
            ]}
          />
          <Heading>{t.ready}</Heading>
          {system.ready ? <Ready items={system.ready} /> : <p class="desk-loading">{nl.loading}</p>}
        </>
      ) : null}
    </section>
  );
}

// An example directory lacks hundreds of things, so they are counted first and opened by who wants to read them.
function Ready({ items }: { items: Row[] }) {
  if (items.length === 0) return <p>{t.nothingMissing}</p>;
  const blocking = items.filter((item) => item.blocks);
  return (
    <>
      <Missing title={t.blocks(count(blocking.length))} items={blocking} />
      <Missing title={t.later(count(items.length - blocking.length))} items={items.filter((item) => !item.blocks)} />
    </>
  );
}

function Missing({ title, items }: { title: string; items: Row[] }) {
  if (items.length === 0) return null;
  return (
    <details class="desk-why">
      <summary>{title}</summary>
      <ul>
        {items.map((item) => (
          <li>{item.text}</li>
        ))}
      </ul>
    </details>
  );
}

function VisibilityPage({ address }: PageProps) {
  return (
    <section>
      <Heading>{t.visibility}</Heading>
      <List path="/visibility" address={address} caption={t.visibility} columns={visibility} />
    </section>
  );
}
