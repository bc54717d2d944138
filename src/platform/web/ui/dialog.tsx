import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './class-names.ts';
import { iconButtonClass } from './icon-button.tsx';

const widths = { sm: 'max-w-[440px]', md: 'max-w-[560px]', lg: 'max-w-[720px]' };

export interface DialogProps {
  open: boolean;
  /** `escape-key`, `close-press`, `outside-press`, …: a dialog of two steps goes back one by Esc. */
  onOpenChange: (open: boolean, how: { readonly reason: string }) => void;
  title: ReactNode;
  /** One sentence that says what will happen; read out when the dialog opens. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, *Cancelar* first: the dialog puts them to the right. */
  footer?: ReactNode;
  size?: keyof typeof widths;
  /** `alertdialog` for confirmations of something dangerous; a press outside does not close it. */
  role?: 'dialog' | 'alertdialog';
  /** Takes the focus on opening; by default the first thing that can. Dangerous dialogs name *Cancelar*. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where focus goes on closing; by default back to what had it. */
  finalFocus?: RefObject<HTMLElement | null>;
  /** Makes the content a form. */
  onSubmit?: () => void;
}

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, size = 'sm', role = 'dialog', initialFocus, finalFocus } = props;
  return (
    <Base.Root
      open={open}
      onOpenChange={onOpenChange}
      disablePointerDismissal={role === 'alertdialog'}
    >
      <Base.Portal>
        <Base.Backdrop className="popup-motion fixed inset-0 z-40 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-4 max-md:items-end max-md:p-2">
          <Base.Popup
            role={role}
            {...(initialFocus && { initialFocus })}
            {...(finalFocus && { finalFocus })}
            className={cx(
              'popup-motion flex max-h-full w-full flex-col overflow-hidden rounded-card bg-raised text-ink shadow-float outline-none',
              widths[size],
            )}
          >
            <Content {...props} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

function Content({ title, description, children, footer, onSubmit }: DialogProps) {
  const body = (
    <>
      <Header title={title} description={description} />
      {children && <Scroller>{children}</Scroller>}
      {footer && (
        <div className="flex flex-wrap items-center justify-end gap-2 px-5 pt-4 pb-5">{footer}</div>
      )}
    </>
  );
  if (!onSubmit) return body;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit();
  };
  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-col">
      {body}
    </form>
  );
}

/** Where more waits below, the last lines fade: cut off between two fields, a dialog would look finished. */
function Scroller({ children }: { children: ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const [hasMore, setMore] = useState(false);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => setMore(entry?.isIntersecting === false),
      { root: scroller.current, rootMargin: '0px 0px 4px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-5 py-1">
        {children}
        <div ref={end} aria-hidden="true" className="h-px" />
      </div>
      {hasMore && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 bottom-0 h-10 border-b border-hairline bg-linear-to-t from-raised to-transparent"
        />
      )}
    </div>
  );
}

function Header({ title, description }: { title: ReactNode; description: ReactNode }) {
  const { t } = useTranslation('platform');
  return (
    <div className="flex items-start gap-3 px-5 pt-5 pb-3">
      <div className="min-w-0 flex-1">
        <Base.Title className="text-section font-semibold break-words">{title}</Base.Title>
        {description && (
          <Base.Description className="mt-2 text-body text-ink-soft">
            {description}
          </Base.Description>
        )}
      </div>
      {/* Last in the reading order would be far from the title; the first focus is set by the dialog. */}
      <Base.Close aria-label={t('close')} className={cx(iconButtonClass('sm'), '-mt-0.5 -mr-1')}>
        <X />
      </Base.Close>
    </div>
  );
}
