import type { BlockListPort } from '#channels/channel.ts';

/** A channel without a block list of its own, for tests of what leaves. */
export const noBlockList: BlockListPort = {
  change: async (_place, _verb, addresses) => ({
    outcomes: addresses.map(() => ({
      kind: 'refused',
      why: 'not-supported',
      code: 'no-list-here',
    })),
    restMs: null,
  }),
  readPage: async () => ({ kind: 'failed', code: 'no-list-here', isWorthRepeating: false }),
};
