import { useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { write, type Problem, type Row } from '../api';
import { count } from '../format';
import { nl } from '../nl';
import { Alert, useData, Waiting } from '../parts/data';
import { Heading, List, Table, Title, type Column } from '../parts/table';

const t = nl.message;

const columns: Column[] = [
  { field: 'name', label: nl.today.file, kind: 'key', show: (row) => <a class="utrecht-link" href={`/berichten/${row.id}`}>{row.name}</a> },
  { field: 'kind', label: nl.today.kind },
  { field: 'state_label', label: t.direction },
  { field: 'received', label: nl.today.when, kind: 'day' },
  { field: 'findings', label: t.findings, kind: 'count' },
];

export function Messages({ address, session }: PageProps) {
  return (
    <>
      <Title>{nl.pages.berichten}</Title>
      {session.role === 'declarant' ? <Upload /> : null}
      <List
        path="/messages"
        address={address}
        caption={nl.pages.berichten}
        columns={columns}
        filters={[
          { name: 'search', label: t.search },
          { name: 'kind', label: t.kind },
          { name: 'direction', label: t.direction, choices: { '': nl.list.all, received: t.received, sent: t.sent } },
        ]}
      />
    </>
  );
}

interface Outcome {
  name: string;
  done?: Row;
  problem?: Problem;
}

// By choosing or by dragging; each file by itself, in order.
export function Upload() {
  const [outcomes, set] = useState<Outcome[]>([]);
  const [busy, wait] = useState(false);
  const send = async (files: FileList | null | undefined) => {
    if (!files || files.length === 0) return;
    wait(true);
    for (const file of Array.from(files)) {
      const outcome: Outcome = await write('POST', `/messages?name=${encodeURIComponent(file.name)}`, file).then(
        (done) => ({ name: file.name, done }),
        (problem) => ({ name: file.name, problem }),
      );
      set((before) => [outcome, ...before]);
    }
    wait(false);
  };
  const choose = (event: Event) => {
    const field = event.target as HTMLInputElement;
    // The field is emptied so that the same file can be chosen again.
    send(field.files).then(() => (field.value = ''));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    send(event.dataTransfer?.files);
  };
  return (
    <section>
      <Heading>{t.upload}</Heading>
      <div class="desk-drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <span>{t.drop}</span>
        <label class="utrecht-button utrecht-button--secondary-action desk-file">
          {t.choose}
          <input class="desk-unseen" type="file" multiple disabled={busy} onChange={choose} />
        </label>
      </div>
      <div role="status">
        {busy ? nl.busy : ''}
        {outcomes.map((outcome) => (
          <OutcomeOf outcome={outcome} />
        ))}
      </div>
    </section>
  );
}

function OutcomeOf({ outcome }: { outcome: Outcome }) {
  if (outcome.problem) {
    return (
      <>
        <p>{outcome.name}</p>
        <Alert problem={outcome.problem} />
      </>
    );
  }
  const done = outcome.done ?? {};
  const words = done.again ? t.again : done.refused ? t.refused : t.taken(count(done.lines));
  return (
    <div>
      <p>
        <strong>{outcome.name}</strong>: {words}
      </p>
      <ul>
        {(done.findings ?? []).map((finding: Row) => (
          <li>{finding.text}</li>
        ))}
      </ul>
    </div>
  );
}

export function MessageDetail({ address }: PageProps) {
  const offset = Number(address.query.get('offset') ?? 0);
  const data = useData(`/messages/${address.path[1]}?offset=${offset}&limit=20`);
  const message = data.data;
  return (
    <>
      <Title>{message ? message.name : nl.pages.berichten}</Title>
      <p>
        <a class="utrecht-link" href="/berichten">
          {t.back}
        </a>
      </p>
      <Waiting data={data} />
      {message ? (
        <>
          <p>
            {t.about(message.kind, message.state_label)} {t.hidden}
          </p>
          {message.findings?.length ? (
            <section>
              <Heading>{t.findings}</Heading>
              <ul>
                {message.findings.map((finding: Row) => (
                  <li>{finding.text}</li>
                ))}
              </ul>
            </section>
          ) : null}
          <Heading>{t.records}</Heading>
          {(message.records ?? []).map((record: Row, index: number) => (
            <Record key={`${offset}/${index}`} record={record} isOpen={index === 0} />
          ))}
          <Pages id={message.id} offset={offset} total={message.records_total} />
        </>
      ) : null}
    </>
  );
}

function Record({ record, isOpen }: { record: Row; isOpen: boolean }) {
  const name = `${t.line(String(record.line))}${record.kind ? ', ' + record.kind : ''}`;
  return (
    <details class="desk-why" open={isOpen}>
      <summary>{name}</summary>
      <div class="desk-beside">
        <section>
          <h3 class="desk-small">{t.raw}</h3>
          <pre class="desk-text" tabIndex={0} role="group" aria-label={`${t.raw}: ${name}`}>
            {record.raw}
          </pre>
        </section>
        <Table
        caption={`${t.decoded}: ${name}`}
        columns={[
          { field: 'code', label: nl.word.element },
          { field: 'name', label: nl.word.name },
          { field: 'value', label: nl.word.value },
          { field: 'meaning', label: t.decoded },
        ]}
        rows={record.fields ?? []}
        />
      </div>
    </details>
  );
}

function Pages({ id, offset, total }: { id: string; offset: number; total: number }) {
  if (total <= 20) return null;
  return (
    <nav class="desk-paging" aria-label={nl.list.paging}>
      {offset > 0 ? (
        <a class="utrecht-link" href={`/berichten/${id}?offset=${Math.max(0, offset - 20)}`}>
          {nl.list.previous}
        </a>
      ) : null}
      <span>{nl.list.range(count(offset + 1), count(Math.min(offset + 20, total)), count(total))}</span>
      {offset + 20 < total ? (
        <a class="utrecht-link" href={`/berichten/${id}?offset=${offset + 20}`}>
          {nl.list.next}
        </a>
      ) : null}
    </nav>
  );
}
