import type { PageProps } from '../app';
import type { Row } from '../api';
import { day, euros, nothing } from '../format';
import { named } from '../names';
import { nl } from '../nl';
import { claimColumns, insurerClaimColumns } from '../parts/care';
import { useData, Waiting } from '../parts/data';
import { Facts, Heading, List, Table, Title, type Filter } from '../parts/table';

const t = nl.claim;

export function Claims({ address, session }: PageProps) {
  const isInsurer = session.role === 'verzekeraar';
  const filters: Filter[] = [
    { name: 'search', label: t.search },
    { name: 'state', label: t.state, choices: { '': nl.list.all, ...t.states } },
    ...(isInsurer ? [] : [
      { name: 'kind', label: t.kind, choices: { '': nl.list.all, integrated: t.integrated, forwarded: t.forwarded } },
      { name: 'insurer', label: t.insurer, codes: 4 },
      { name: 'declarant', label: t.declarant, codes: 8 },
    ]),
    { name: 'sort', label: t.sort, choices: { '': t.newest, '-amount': t.largest, '-sent_day': t.lastSent } },
  ];
  const title = isInsurer ? nl.pages['mijn-verzekerden'] : nl.pages.declaraties;
  return (
    <>
      <Title>{title}</Title>
      <List path="/claims" address={address} caption={title} columns={isInsurer ? insurerClaimColumns : claimColumns} filters={filters} order="-number" />
    </>
  );
}

export function ClaimDetail({ address }: PageProps) {
  const [page, declarant, reference] = address.path;
  const data = useData(`/claims/${declarant}/${encodeURIComponent(reference ?? '')}`);
  const claim = data.data;
  return (
    <>
      <Title>{t.title(reference ?? '')}</Title>
      <p>
        <a class="utrecht-link" href={'/' + page}>
          {t.back}
        </a>
      </p>
      <Waiting data={data} />
      {claim ? (
        <>
          <About claim={claim} />
          <Answer claim={claim} />
          <History claim={claim} />
          <Rest claim={claim} />
        </>
      ) : null}
    </>
  );
}

function About({ claim }: { claim: Row }) {
  return (
    <Facts
      facts={[
        [nl.word.kind, claim.kind_label],
        [nl.word.state, claim.state_label],
        [nl.word.performance, claim.performance],
        [nl.word.care, t.period(day(claim.first), day(claim.last))],
        [nl.word.insurer, named(claim.insurer)],
        [nl.word.amount, euros(claim.amount_cents)],
        [nl.word.granted, euros(claim.granted_cents)],
        [nl.word.paid, euros(claim.paid_cents)],
        [nl.word.credits, claim.debit ?? nothing],
        [nl.word.woman, claim.woman ? <a class="utrecht-link" href={`/zwangerschap/${claim.woman}`}>{String(claim.woman).slice(0, 8)}</a> : nothing],
        [nl.word.message, claim.message ? <a class="utrecht-link" href={`/berichten/${claim.message.id}`}>{claim.message.file_name}</a> : nothing],
      ]}
    />
  );
}

function Answer({ claim }: { claim: Row }) {
  if (!claim.codes?.length) return null;
  return (
    <section>
      <Heading>{t.answer}</Heading>
      <ul>
        {claim.codes.map((code: Row) => (
          <li>
            <strong>{code.code}</strong> {code.text}
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ claim }: { claim: Row }) {
  return (
    <section>
      <Heading>{t.history}</Heading>
      <Table
        caption={t.history}
        hideCaption
        columns={[
          { field: 'day', label: nl.today.when, kind: 'day' },
          { field: 'state_label', label: nl.word.state },
          { field: 'granted_cents', label: nl.word.granted, kind: 'cents' },
          { field: 'paid_cents', label: nl.word.paid, kind: 'cents' },
          { field: 'codes', label: nl.word.codes, show: (row) => (row.codes ?? []).map((code: Row) => `${code.code} `) },
        ]}
        rows={claim.history ?? []}
      />
    </section>
  );
}

function Rest({ claim }: { claim: Row }) {
  return (
    <>
      {claim.questions?.length ? (
        <section>
          <Heading>{t.questions}</Heading>
          <ul>
            {claim.questions.map((question: Row) => (
              <li>
                <a class="utrecht-link" href={`/werkvoorraad/${question.id}`}>
                  {question.sentence}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <Heading>{t.payments}</Heading>
        <Table
          caption={t.payments}
          hideCaption
          columns={[
            { field: 'day', label: nl.today.when, kind: 'day' },
            { field: 'insurer', label: nl.word.insurer, kind: 'party' },
            { field: 'amount_cents', label: nl.word.amount, kind: 'cents' },
            { field: 'applied_cents', label: nl.word.applied, kind: 'cents' },
          ]}
          rows={claim.payments ?? []}
        />
      </section>
      {claim.shares ? (
        <section>
          <Heading>{t.shares}</Heading>
          <Table
            caption={t.shares}
            hideCaption
            columns={[
              { field: 'payee', label: nl.word.participant, kind: 'party' },
              { field: 'amount_cents', label: nl.word.amount, kind: 'cents' },
            ]}
            rows={claim.shares}
          />
        </section>
      ) : null}
    </>
  );
}
