import { useEffect, useRef, useState } from 'preact/hooks';
import { session as sessions, whenSessionIsLost, Problem, type Session } from './api';
import { day } from './format';
import { learnNames, named } from './names';
import { nl } from './nl';
import { followLink, go, useAddress, type Address } from './router';
import { Admin } from './pages/admin';
import { ClaimDetail, Claims } from './pages/claims';
import { Division } from './pages/division';
import { Figures } from './pages/figures';
import { Ledger } from './pages/ledger';
import { ChangePassword, Login } from './pages/login';
import { Alert } from './parts/data';
import { Told } from './parts/told';
import { MessageDetail, Messages } from './pages/messages';
import { Mine } from './pages/mine';
import { Parties } from './pages/parties';
import { DecisionDetail, Rules } from './pages/rules';
import { Today } from './pages/today';
import { WomanDetail, Women } from './pages/women';
import { QuestionDetail, Work } from './pages/work';

export interface PageProps {
  address: Address;
  session: Session;
}

// A page and, where there is one, the page of one thing on it.
const pages: Record<string, [(props: PageProps) => any, ((props: PageProps) => any)?]> = {
  vandaag: [Today],
  werkvoorraad: [Work, QuestionDetail],
  zwangerschap: [Women, WomanDetail],
  declaraties: [Claims, ClaimDetail],
  berichten: [Messages, MessageDetail],
  deelnemers: [Parties],
  verdeling: [Division],
  grootboek: [Ledger],
  regels: [Rules, DecisionDetail],
  beheer: [Admin],
  'mijn-praktijk': [Mine],
  'mijn-verzekerden': [Claims, ClaimDetail],
  cijfers: [Figures],
};

export function App() {
  const [session, set] = useState<Session | null | undefined>(undefined);
  const [wasIn, remember] = useState(false);
  const [problem, tell] = useState<Problem | null>(null);
  const enter = async (session: Session) => {
    remember(true);
    const mayKnow = !session.must_change_password && session.role !== 'onderzoeker';
    if (mayKnow) await learnNames().catch(() => {});
    set(session);
  };
  const leave = () => {
    remember(false);
    set(null);
  };
  const ask = () => {
    tell(null);
    sessions.now().then(enter, (problem: Problem) => (problem.status === 401 ? set(null) : tell(problem)));
  };
  useEffect(() => {
    whenSessionIsLost(() => set(null));
    ask();
  }, []);
  if (problem) return <Away problem={problem} onAgain={ask} />;
  if (session === undefined) return <p class="desk-loading">{nl.loading}</p>;
  if (session === null) return <Login key="in" onDone={enter} why={wasIn ? nl.login.lost : ''} />;
  if (session.must_change_password) return <ChangePassword key="change" onDone={enter} />;
  return <Desk session={session} onLeave={leave} />;
}

function Away({ problem, onAgain }: { problem: Problem; onAgain: () => void }) {
  return (
    <main class="desk-login">
      <h1 class="utrecht-heading-1">{nl.product}</h1>
      <Alert problem={problem} />
      <button type="button" class="utrecht-button utrecht-button--primary-action" onClick={onAgain}>
        {nl.again}
      </button>
    </main>
  );
}

function Desk({ session, onLeave }: { session: Session; onLeave: () => void }) {
  const address = useAddress();
  const main = useRef<HTMLElement>(null);
  const asked = address.path[0] ?? '';
  const page = session.pages.includes(asked) ? asked : session.pages[0];
  useEffect(() => {
    if (asked !== page) go('/' + page, true);
  }, [asked, page]);
  useEffect(() => {
    document.title = `${nl.pages[page] ?? nl.product} - ${nl.product}`;
    main.current?.querySelector('h1')?.focus();
    // On a narrow screen the menu is wider than the screen.
    document.querySelector('.desk-nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    scrollTo(0, 0);
  }, [address.path.join('/')]);
  const [List, Detail] = pages[page];
  const Shown = address.path.length > 1 && Detail ? Detail : List;
  return (
    <div onClick={followLink}>
      <a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud">
        {nl.skip}
      </a>
      <Header session={session} page={page} onLeave={onLeave} />
      <main id="inhoud" class="desk-main" ref={main} tabIndex={-1}>
        <Told page={address.path.join('/')} />
        <Shown key={address.path.join('/')} address={address} session={session} />
      </main>
    </div>
  );
}

function Header({ session, page, onLeave }: { session: Session; page: string; onLeave: () => void }) {
  const leave = () => sessions.close().then(onLeave, onLeave);
  return (
    <header class="desk-header">
      <div class="desk-bar">
        <span class="desk-brand">{nl.product}</span>
        <span>
          {nl.asOf} {day(session.as_of)}
        </span>
        <span class="desk-who">
          {session.name} ({session.role_label}
          {session.scope ? ` ${named(session.scope)}` : ''})
        </span>
        <button type="button" class="utrecht-button utrecht-button--subtle desk-leave" onClick={leave}>
          {nl.logOut}
        </button>
      </div>
      {session.live ? null : <p class="desk-example">{nl.example}</p>}
      <nav aria-label={nl.menu} class="desk-nav">
        <ul>
          {session.pages.map((id) => (
            <li key={id}>
              <a href={'/' + id} aria-current={id === page ? 'page' : undefined}>
                {nl.pages[id]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
