/** Who looks at the screen: for the tab *Minhas*, and so that nobody finds what another person typed. */
let memberId: string | null = null;

export const setViewer = (id: string | null): void => {
  memberId = id;
};

export const getViewer = (): string | null => memberId;
