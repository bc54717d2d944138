import type {
  BlockListPort,
  ListAddress,
  ListChange,
  ListedPerson,
  ListOutcome,
  ListPage,
} from '#channels/block-list-port.ts';

type Verb = 'block' | 'unblock';

export interface Call {
  readonly channelId: string;
  readonly verb: Verb;
  readonly addresses: readonly ListAddress[];
}

/** What the next request comes to: its whole answer, or one outcome for everybody. */
export type Answer = ListOutcome | ListChange;

/** A list of WhatsApp's, as far as the port tells of it: who is on it, what was asked, and answers by plan. */
export const aListDouble = () => {
  const listed = new Map<string, ListedPerson>();
  const calls: Call[] = [];
  const answers: Answer[] = [];
  const pages: (ListPage | 'as-it-is')[] = [];
  let meanwhile: (() => Promise<unknown>) | undefined;

  const apply = (verb: Verb, { kind, value }: ListAddress): void => {
    if (verb === 'unblock') {
      listed.delete(value);
      return;
    }
    listed.set(value, kind === 'phone' ? { phone: value } : { bsuid: value });
  };
  const outcomesOf = (verb: Verb, addresses: readonly ListAddress[]): ListChange => {
    const planned = answers.shift();
    if (planned !== undefined && 'outcomes' in planned) {
      return planned;
    }
    const outcome = planned ?? { kind: 'done' };
    if (outcome.kind === 'done') {
      for (const address of addresses) {
        apply(verb, address);
      }
    }
    const isOpen = outcome.kind === 'retry' || outcome.kind === 'unknown';
    return { outcomes: addresses.map(() => outcome), restMs: isOpen ? 0 : null };
  };

  const port: BlockListPort = {
    change: async ({ channelId }, verb, addresses) => {
      calls.push({ channelId, verb, addresses });
      const work = meanwhile;
      meanwhile = undefined;
      await work?.();
      return outcomesOf(verb, addresses);
    },
    readPage: async () => {
      const planned = pages.shift() ?? 'as-it-is';
      return planned === 'as-it-is'
        ? { kind: 'page', people: [...listed.values()], next: null }
        : planned;
    },
  };
  return {
    port,
    listed,
    calls,
    answers,
    pages,
    /** Done while the next request is under way, ahead of its answer. */
    during: (work: () => Promise<unknown>) => {
      meanwhile = work;
    },
  };
};

export type ListDouble = ReturnType<typeof aListDouble>;
