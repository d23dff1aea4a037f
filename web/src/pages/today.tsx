import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../app';
import { write, type Problem, type Row } from '../api';
import { count, euros, instant, nothing, percent } from '../format';
import { nl } from '../nl';
import { Alert, useData, Waiting } from '../parts/data';
import { Facts, type Fact, Heading, Picture, Table, Title } from '../parts/table';

const t = nl.today;

export function Today({ session }: PageProps) {
  const data = useData('/today');
  const today = data.data;
  return (
    <>
      <Title>{nl.pages.vandaag}</Title>
      <Waiting data={data} />
      {today ? (
        <>
          <Waits today={today} />
          <ByItself today={today} />
          <Minutes minutes={today.minutes} />
          <Arrived today={today} />
          <Claimed today={today} />
          <Run mayRun={session.role === 'declarant'} onDone={data.again} />
        </>
      ) : null}
    </>
  );
}

function Waits({ today }: { today: Row }) {
  const kinds: Row[] = today.questions_by_kind ?? [];
  const columns = [
    { field: 'label', label: t.kind, show: (row: Row) => <a class="utrecht-link desk-wide" href={`/werkvoorraad?code=${row.code}`}>{row.label}</a> },
    { field: 'count', label: t.number, kind: 'count' as const },
    { field: 'amount_cents', label: t.euros, kind: 'cents' as const },
    { field: 'deadline', label: t.deadline, kind: 'day' as const },
  ];
  return (
    <section>
      <Heading>{t.waiting}</Heading>
      <Facts
        facts={[
          [t.questions, count(today.questions)],
          ...('questions_amount_cents' in today ? [[t.amount, euros(today.questions_amount_cents)] as Fact] : []),
          ...(today.losses ? [[t.losses, `${count(today.losses.count)}, ${euros(today.losses.amount_cents)}`] as Fact] : []),
        ]}
      />
      {today.questions === 0 ? <p>{t.nothingWaits}</p> : null}
      {kinds.length === 0 ? null : <Table caption={t.kinds} columns={columns} rows={kinds} />}
    </section>
  );
}

function ByItself({ today }: { today: Row }) {
  const straight = today.straight_through ?? {};
  const rests = today.rests_on ?? {};
  return (
    <section>
      <Heading>{t.byItself}</Heading>
      <p>
        <strong class="desk-large">{percent(straight.ppm)}</strong> {t.phasesByItself(count(straight.by_itself), count(straight.of))}.
      </p>
      <Picture svg={today.plots?.routes_svg} label={t.routes} />
      <Counts caption={t.routes} label={t.route} rows={today.routes ?? []} />
      <p>
        {t.rests}: {t.restsOn(count(rests.verified), count(rests.example), count(rests.provisional))}.
      </p>
    </section>
  );
}

// What it saves, by the estimates of the rulebook.
function Minutes({ minutes }: { minutes?: Row }) {
  if (!minutes) return null;
  return (
    <section>
      <Heading>{t.minutes}</Heading>
      <Facts
        facts={[
          [t.minutesBefore, count(minutes.by_hand)],
          [t.minutesNow, count(minutes.now)],
          [t.minutesSaved, count(minutes.saved)],
          [nl.word.certainty, minutes.status_label ?? nothing],
        ]}
      />
    </section>
  );
}

function Counts({ caption, label, rows }: { caption: string; label: string; rows: Row[] }) {
  return (
    <Table
      caption={caption}
      columns={[
        { field: 'label', label },
        { field: 'count', label: t.number, kind: 'count' },
        { field: 'amount_cents', label: t.euros, kind: 'cents' },
      ]}
      rows={rows}
    />
  );
}

function Arrived({ today }: { today: Row }) {
  return (
    <section>
      <Heading>{t.arrived}</Heading>
      <Facts
        facts={[
          [t.received, count(today.messages_received)],
          [t.sent, count(today.messages_sent)],
          [t.women, count(today.women)],
          [t.pregnancies, count(today.pregnancies)],
          [t.withoutBsn, count(today.without_bsn)],
        ]}
      />
      {today.latest_messages ? (
        <Table
          caption={t.latest}
          columns={[
            { field: 'name', label: t.file, show: (row) => <a class="utrecht-link" href={`/berichten/${row.id}`}>{row.name}</a> },
            { field: 'kind', label: t.kind },
            { field: 'received', label: t.when, kind: 'day' },
            { field: 'findings', label: nl.message.findings, kind: 'count' },
          ]}
          rows={today.latest_messages}
        />
      ) : null}
      <Counts caption={t.dispositions} label={t.disposition} rows={today.dispositions ?? []} />
    </section>
  );
}

function Claimed({ today }: { today: Row }) {
  if (!('claims' in today)) return null;
  return (
    <section>
      <Heading>{t.claims}</Heading>
      {typeof today.books_sound === 'boolean' ? <p>{today.books_sound ? t.sound : t.unsound}</p> : null}
      <Picture svg={today.plots?.claims_svg} label={t.claims} />
      <Table
        caption={t.claims}
        hideCaption
        columns={[
          { field: 'group_label', label: t.kind },
          { field: 'label', label: t.state },
          { field: 'count', label: t.number, kind: 'count' },
          { field: 'amount_cents', label: t.euros, kind: 'cents' },
        ]}
        rows={today.claims ?? []}
      />
      {today.stale ? <p>{nl.stale}</p> : null}
    </section>
  );
}

function Run({ mayRun, onDone }: { mayRun: boolean; onDone: () => void }) {
  const data = useData('/run');
  const [problem, set] = useState<Problem | null>(null);
  const busy = data.data?.state === 'busy';
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => {
      data.again();
      onDone();
    }, 1500);
    return () => clearTimeout(timer);
  }, [data.data]);
  const start = () => {
    set(null);
    write('POST', '/run', {}).then(data.again, set);
  };
  return (
    <section>
      <Heading>{t.runTitle}</Heading>
      <Alert problem={problem} />
      {mayRun ? (
        <button type="button" class="utrecht-button utrecht-button--primary-action" disabled={busy} onClick={start}>
          {t.run}
        </button>
      ) : null}
      <div role="status">{busy ? t.running : ''}</div>
      {data.data ? <LastRun run={data.data} /> : null}
    </section>
  );
}

function LastRun({ run }: { run: Row }) {
  return (
    <>
      <p>{run.ended ? `${t.lastRun}: ${instant(run.ended)}` : t.runNever}</p>
      <ul>
        {[...(run.result ?? []), ...(run.refusals ?? [])].map((line: string) => (
          <li>{line}</li>
        ))}
      </ul>
      {run.watch?.length ? (
        <Table
          caption={t.watched}
          columns={[
            { field: 'file', label: t.file },
            { field: 'day', label: t.when, kind: 'day' },
            { field: 'outcome_label', label: t.outcome },
            { field: 'findings', label: nl.message.findings, show: (row) => (row.findings ?? []).map((line: string) => <div>{line}</div>) },
          ]}
          rows={run.watch}
        />
      ) : null}
    </>
  );
}

