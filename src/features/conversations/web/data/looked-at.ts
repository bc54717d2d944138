/** The tabs tell each other by the names of locks, which a tab that is gone cannot keep. */
const lockOf = (conversationId: string): string => `guarita.looked-at.${conversationId}`;

/** Browsers have none on plain http, where no tab knows of another. */
const locks = (): LockManager | undefined => navigator.locks;

/** Tells all tabs that somebody is looking at this conversation, until what it returns is called. */
export function tellLook(conversationId: string): () => void {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  void locks()?.request(lockOf(conversationId), { mode: 'shared' }, () => left);
  return leave;
}

/** Whether somebody is looking at this conversation in any tab of the browser. */
export async function isLookedAt(conversationId: string): Promise<boolean> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return held.some(({ name }) => name === lockOf(conversationId));
}
