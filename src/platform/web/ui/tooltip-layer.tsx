import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Side } from './tooltip.tsx';

const openAfter = 450;
const closeAfter = 120;
const gap = 6;
const edge = 4;

const opposite: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

const place = (anchor: DOMRect, tip: DOMRect, side: Side): { top: number; left: number } => {
  const centerX = anchor.left + (anchor.width - tip.width) / 2;
  const centerY = anchor.top + (anchor.height - tip.height) / 2;
  switch (side) {
    case 'top':
      return { top: anchor.top - tip.height - gap, left: centerX };
    case 'bottom':
      return { top: anchor.bottom + gap, left: centerX };
    case 'left':
      return { top: centerY, left: anchor.left - tip.width - gap };
    case 'right':
      return { top: centerY, left: anchor.right + gap };
  }
};

const fits = ({ top, left }: { top: number; left: number }, tip: DOMRect): boolean =>
  top >= 0 && left >= 0 && top + tip.height <= innerHeight && left + tip.width <= innerWidth;

const within = (value: number, size: number, room: number): number =>
  Math.max(edge, Math.min(value, room - size - edge));

const anchorOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;

/** Which element's hint is to be shown: hovered for a moment, or reached by the keyboard. */
function useTipAnchor(): HTMLElement | null {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (next: HTMLElement | null, wait: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => setAnchor(next), wait);
    };
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return;
      const isTip = event.target instanceof Element && event.target.closest('[data-tip-layer]');
      if (isTip) clearTimeout(timer);
      else if (anchorOf(event.target)) later(anchorOf(event.target), openAfter);
      else later(null, closeAfter);
    };
    const focusIn = (event: FocusEvent) => {
      const next = anchorOf(event.target);
      if (next?.matches(':focus-visible')) later(next, openAfter);
    };
    const close = () => {
      clearTimeout(timer);
      setAnchor(null);
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('focusin', focusIn);
    document.addEventListener('focusout', close);
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    document.addEventListener('scroll', close, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', over);
      document.removeEventListener('focusin', focusIn);
      document.removeEventListener('focusout', close);
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
      document.removeEventListener('scroll', close, true);
    };
  }, []);
  return anchor?.isConnected ? anchor : null;
}

/** Draws the one hint of the page; mounted once. Any key, press or scroll puts it away. */
export function TooltipLayer() {
  const anchor = useTipAnchor();
  const tip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = tip.current;
    if (!anchor || !element) return;
    const side = (anchor.dataset['tipSide'] ?? 'top') as Side;
    const anchorBox = anchor.getBoundingClientRect();
    const tipBox = element.getBoundingClientRect();
    const wanted = place(anchorBox, tipBox, side);
    const { top, left } = fits(wanted, tipBox) ? wanted : place(anchorBox, tipBox, opposite[side]);
    element.style.top = `${within(top, tipBox.height, innerHeight)}px`;
    element.style.left = `${within(left, tipBox.width, innerWidth)}px`;
  }, [anchor]);
  if (!anchor) return null;
  const keys = anchor.dataset['tipKeys'];
  return (
    <div
      ref={tip}
      aria-hidden="true"
      data-tip-layer
      className="fixed top-0 left-0 z-50 max-w-72 animate-arrive rounded-control bg-tip px-2 py-1 text-meta text-on-tip"
    >
      {anchor.dataset['tip']}
      {keys && <kbd className="ml-2 font-sans opacity-70">{keys}</kbd>}
    </div>
  );
}
