import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

// The browser keeps the focus inside, closes on Escape, and gives the focus back to what opened it.
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => opener?.focus();
  }, []);
  return (
    <dialog ref={dialog} class="desk-dialog" aria-labelledby={id} onClose={onClose}>
      <h2 class="utrecht-heading-2" id={id}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
