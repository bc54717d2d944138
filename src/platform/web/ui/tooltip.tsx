import { cloneElement, type ReactElement } from 'react';

export type Side = 'top' | 'right' | 'bottom' | 'left';

/** What an element carries for the one layer that draws all tooltips. */
export interface TipAttributes {
  'data-tip': string;
  'data-tip-side': Side;
  'data-tip-keys'?: string;
}

/**
 * A hint on hover and on keyboard focus. It repeats or adds to the label the element already has, so readers are told
 * nothing twice. `keys` is the shortcut that does the same.
 */
export function Tooltip({
  label,
  side = 'top',
  keys,
  children,
}: {
  label: string;
  side?: Side;
  keys?: string | undefined;
  children: ReactElement<Partial<TipAttributes>>;
}) {
  return cloneElement(children, {
    'data-tip': label,
    'data-tip-side': side,
    ...(keys !== undefined && { 'data-tip-keys': keys }),
  });
}
