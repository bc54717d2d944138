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
  onSeen?: () => void;
}

interface ToastOptions extends Partial<Pick<Toast, 'action' | 'milliseconds'>> {
  /** It was before the person: they pressed one of its buttons, or its time ran out. Not of one that others pushed away. */
  onSeen?: () => void;
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
 * it, so that nobody has to hurry, and while the page is in no sight, where nobody reads it.
 */
export const showToast = (text: string, options: ToastOptions = {}): number => {
  lastId += 1;
  set([...toasts.slice(-2), { milliseconds: 5000, ...options, id: lastId, text }]);
  return lastId;
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const watchSight = (listener: () => void) => {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
};
const isInSight = () => document.visibilityState === 'visible';

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

const endSeen = ({ id, onSeen }: Toast): void => {
  dismissToast(id);
  onSeen?.();
};

function ToastLine({ toast }: { toast: Toast }) {
  const { t } = useTranslation('platform');
  const [isHeld, setHeld] = useState(false);
  const isSeen = useSyncExternalStore(watchSight, isInSight);
  useEffect(() => {
    if (isHeld || !isSeen) return;
    const timer = setTimeout(() => endSeen(toast), toast.milliseconds);
    return () => clearTimeout(timer);
  }, [toast, isHeld, isSeen]);
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
            endSeen(toast);
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
        onClick={() => endSeen(toast)}
      >
        <X className="size-4" />
      </button>
    </div>
  );
}
