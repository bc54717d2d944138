import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './class-names.ts';
import { iconButtonClass } from './icon-button.tsx';

interface Toast {
  id: number;
  text: string;
  action?: { label: string; onAct: () => void };
  milliseconds: number;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const set = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of listeners) listener();
};

export const dismissToast = (id: number): void => set(toasts.filter((toast) => toast.id !== id));

/**
 * Says one sentence at the foot of the screen, with at most one action. It waits while the pointer or the focus is on
 * it, so that nobody has to hurry.
 */
export const showToast = (
  text: string,
  options: { action?: { label: string; onAct: () => void }; milliseconds?: number } = {},
): number => {
  lastId += 1;
  const { action, milliseconds = 5000 } = options;
  set([...toasts.slice(-2), { id: lastId, text, milliseconds, ...(action && { action }) }]);
  return lastId;
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Mounted once, by the shell. It floats above the foot of a thread, where the next action is. */
export function Toaster() {
  const { t } = useTranslation('platform');
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section
      aria-label={t('notices')}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-28 z-50 flex flex-col items-center gap-2 px-4 max-md:bottom-36"
    >
      {shown.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const { t } = useTranslation('platform');
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(toast.id), toast.milliseconds);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding still under the pointer is not an action
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex max-w-[560px] animate-arrive items-center gap-1 rounded-card bg-tip py-1.5 pr-1.5 pl-4 text-body text-on-tip shadow-float"
    >
      <span className="min-w-0 py-1.5 pr-2">{toast.text}</span>
      {toast.action && (
        <button
          type="button"
          className="h-8 shrink-0 rounded-control px-2.5 font-semibold underline underline-offset-2 hover:bg-on-tip/10 focus-visible:outline-on-tip"
          onClick={() => {
            toast.action?.onAct();
            dismissToast(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={t('close')}
        className={cx(
          iconButtonClass('sm'),
          'text-on-tip/70 hover:bg-on-tip/10 hover:text-on-tip focus-visible:outline-on-tip',
        )}
        onClick={() => dismissToast(toast.id)}
      >
        <X className="size-4" />
      </button>
    </div>
  );
}
