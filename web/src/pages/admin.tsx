import { useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { write, type Problem, type Row } from '../api';
import { nl } from '../nl';
import { Alert, Told, useData, Waiting } from '../parts/data';
import { Facts, Heading, List, Table, Title, type Column } from '../parts/table';

const t = nl.admin;
const roles = ['declarant', 'controller', 'deelnemer', 'verzekeraar', 'onderzoeker', 'beheerder'];

const events: Column[] = [
  { field: 'number', label: 'Nummer', kind: 'count' },
  { field: 'at', label: 'Tijdstip', kind: 'instant' },
  { field: 'actor', label: 'Account' },
  { field: 'event_label', label: 'Gebeurtenis' },
  { field: 'object', label: 'Waarop' },
  { field: 'woman', label: 'Vrouw', show: (row) => (row.woman ? String(row.woman).slice(0, 8) : '—') },
  { field: 'reason', label: 'Reden' },
  { field: 'outcome_label', label: 'Uitkomst' },
  { field: 'hash', label: 'Schakel' },
];

const visibility: Column[] = [
  { field: 'resource', label: 'Bron' },
  { field: 'field', label: 'Veld' },
  { field: 'meaning', label: 'Betekenis' },
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

function People() {
  const data = useData('/people?limit=500');
  const [problem, set] = useState<Problem | null>(null);
  const [told, tell] = useState('');
  const send = (path: string, body: Row) => {
    set(null);
    tell('');
    write('POST', path, body).then((done) => {
      if (done.one_time_password) tell(`${t.once(done.name, done.one_time_password)}. ${t.onceHelp}`);
      data.again();
    }, set);
  };
  return (
    <section>
      <Heading>{t.people}</Heading>
      <Told text={told} />
      <Alert problem={problem} />
      <Waiting data={data} />
      {data.data ? (
        <Table
          caption={t.people}
          columns={[
            { field: 'name', label: t.name },
            { field: 'role_label', label: t.role },
            { field: 'scope', label: t.scope },
            { field: 'active', label: 'Actief' },
            { field: 'last_login', label: 'Laatst ingelogd', kind: 'instant' },
            { field: 'do', label: 'Doen', show: (row) => <Doing row={row} send={send} /> },
          ]}
          rows={data.data.items ?? []}
        />
      ) : null}
      <Add send={send} />
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
      <List path="/audit" address={address} caption={t.audit} columns={events} filters={[{ name: 'actor', label: 'Account' }]} />
    </section>
  );
}

function System() {
  const data = useData('/system');
  const system = data.data;
  return (
    <section>
      <Heading>{t.system}</Heading>
      <Waiting data={data} />
      {system ? (
        <>
          <Facts
            facts={[
              ['Versie', system.version],
              ['Gegevensmap', system.data_folder_kind],
              ['IGO', system.igo],
              ['Regelboek', system.rulebook],
              ['Zegel', <code class="desk-code">{system.rulebook_digest}</code>],
            ]}
          />
          <Heading>{t.ready}</Heading>
          <ul>
            {(system.ready ?? []).map((item: Row) => (
              <li>
                {item.text}
                {item.blocks ? ` (${t.blocks})` : ''}
              </li>
            ))}
          </ul>
          {system.ready?.length === 0 ? <p>{t.nothingMissing}</p> : null}
        </>
      ) : null}
    </section>
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
