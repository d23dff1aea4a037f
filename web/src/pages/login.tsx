import { useEffect, useRef, useState } from 'preact/hooks';
import { session as sessions, type Problem, type Session } from '../api';
import { nl } from '../nl';
import { Alert } from '../parts/data';
import { Title } from '../parts/table';

function Shell({ title, children }: { title: string; children: any }) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} - ${nl.product}`;
    main.current?.querySelector('h1')?.focus();
  }, []);
  return (
    <main class="desk-login" ref={main}>
      <p class="desk-brand">{nl.product}</p>
      <Title>{title}</Title>
      {children}
    </main>
  );
}

function Secret({ label, name, fresh }: { label: string; name: string; fresh?: boolean }) {
  return (
    <label>
      {label}
      <input class="utrecht-textbox" type="password" name={name} required autocomplete={fresh ? 'new-password' : 'current-password'} />
    </label>
  );
}

function useForm(send: (values: FormData) => Promise<Session>, onDone: (session: Session) => void) {
  const [problem, set] = useState<Problem | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    set(null);
    send(new FormData(event.target as HTMLFormElement)).then(onDone, set);
  };
  return { problem, submit };
}

export function Login({ onDone, why }: { onDone: (session: Session) => void; why: string }) {
  const { problem, submit } = useForm((form) => sessions.open(String(form.get('name')), String(form.get('password'))), onDone);
  return (
    <Shell title={nl.login.title}>
      {why ? <p role="status">{why}</p> : null}
      <form onSubmit={submit} class="desk-form">
        <label>
          {nl.login.name}
          <input class="utrecht-textbox" name="name" required autocomplete="username" autocapitalize="none" />
        </label>
        <Secret label={nl.login.password} name="password" />
        <Alert problem={problem} />
        <button type="submit" class="utrecht-button utrecht-button--primary-action">
          {nl.login.submit}
        </button>
      </form>
    </Shell>
  );
}

export function ChangePassword({ onDone }: { onDone: (session: Session) => void }) {
  const { problem, submit } = useForm((form) => sessions.change(String(form.get('old')), String(form.get('new'))), onDone);
  return (
    <Shell title={nl.login.changeTitle}>
      <p>{nl.login.changeWhy}</p>
      <form onSubmit={submit} class="desk-form">
        <Secret label={nl.login.old} name="old" />
        <Secret label={nl.login.fresh} name="new" fresh />
        <Alert problem={problem} />
        <button type="submit" class="utrecht-button utrecht-button--primary-action">
          {nl.login.change}
        </button>
      </form>
    </Shell>
  );
}
