import {
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

const GAP = 4;
const EDGE = 8;

/** Puts the panel beside its button: below where there is room, inside the window always. */
function place(panel: HTMLElement, button: HTMLElement): void {
  const from = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const isRoomBelow = from.bottom + GAP + height + EDGE <= window.innerHeight;
  const isLeftHalf = from.left + from.width / 2 < window.innerWidth / 2;
  const left = isLeftHalf ? from.left : from.right - width;
  const top = isRoomBelow ? from.bottom + GAP : from.top - GAP - height;
  panel.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`;
  panel.style.top = `${Math.max(EDGE, top)}px`;
}

/** Whether a list shows any of what it holds: what was scrolled out of it cannot be pointed at. */
function isInView(held: HTMLElement, list: Element): boolean {
  const [inner, outer] = [held.getBoundingClientRect(), list.getBoundingClientRect()];
  return inner.bottom > outer.top && inner.top < outer.bottom;
}

interface Dismissal {
  root: RefObject<HTMLElement | null>;
  close: (refocus: boolean) => void;
  /** The button is somewhere else now, and still to be seen. */
  follow: () => void;
}

function useDismissal(isOpen: boolean, { root, close, follow }: Dismissal): void {
  useEffect(() => {
    if (!isOpen) return;
    const isOutside = (event: Event) => !root.current?.contains(event.target as Node);
    const onPointer = (event: Event) => {
      if (isOutside(event)) close(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close(true);
    };
    // A message that arrives scrolls the list as well: the panel goes with its button while that is in view.
    const onScroll = (event: Event) => {
      const [scrolled, held] = [event.target, root.current];
      if (!(scrolled instanceof Element) || held === null || !scrolled.contains(held)) return;
      if (isInView(held, scrolled)) follow();
      else close(false);
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('scroll', onScroll, true);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('scroll', onScroll, true);
      document.removeEventListener('keydown', onKey);
    };
  });
}

interface MenuProps {
  label: string;
  /** What the button shows: an icon, or an icon and a word. */
  face: ReactNode;
  className?: string;
  /** However it was closed: what was begun in it is begun anew next time. */
  onClose?: () => void;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a small panel; Esc, a click elsewhere and scrolling it out of sight close it. */
export function Menu({ label, face, className, onClose, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  const follow = () => {
    if (panel.current !== null && button.current !== null) place(panel.current, button.current);
  };
  useLayoutEffect(follow);

  const close = (refocus: boolean) => {
    setOpen(false);
    onClose?.();
    if (refocus) button.current?.focus();
  };
  useDismissal(isOpen, { root, close, follow });

  return (
    <div className="menu" ref={root}>
      <button
        type="button"
        ref={button}
        className={className ?? 'icon-button'}
        aria-label={label}
        aria-expanded={isOpen}
        title={label}
        onClick={() => (isOpen ? close(true) : setOpen(true))}
      >
        {face}
      </button>
      {isOpen && (
        <div className="menu-panel" ref={panel}>
          {children(() => close(true))}
        </div>
      )}
    </div>
  );
}

interface MenuItemProps {
  icon: ReactNode;
  onChoose: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, onChoose, children }: MenuItemProps) {
  return (
    <button type="button" className="menu-item" onClick={onChoose}>
      {icon}
      <span>{children}</span>
    </button>
  );
}
