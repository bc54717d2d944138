type FocusById = (conversationId: string) => boolean;

let focusById: FocusById | null = null;

/** The list that is on the screen knows how to reach a row, also one that is scrolled away. */
export const provideRowFocus = (focus: FocusById): (() => void) => {
  focusById = focus;
  return () => {
    if (focusById === focus) focusById = null;
  };
};

/** One step back to the list. @returns whether there is such a row to go to */
export const focusRow = (conversationId: string | null): boolean =>
  Boolean(conversationId && focusById?.(conversationId));
