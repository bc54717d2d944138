/** The script of a demonstration: conversations as data, told in minutes, placed in time when they are seeded. */

/** Who answers, by the first part of the sign-in. */
export type Colleague = 'admin' | 'moderacao' | 'atendente1' | 'atendente2';

interface Turn {
  /** Minutes since the turn before. */
  readonly after: number;
}

interface Said extends Turn {
  readonly text: string;
  /** A label by which another turn may quote or forward this one; unique in the whole script. */
  readonly label?: string;
  /** The label of an earlier turn of the same talk. */
  readonly quotes?: string;
}

/** What the customer wrote. */
export interface Theirs extends Said {
  readonly by: 'customer';
  readonly isForwarded?: boolean;
  readonly isFrequentlyForwarded?: boolean;
  /** First written like this, and corrected a minute later. */
  readonly firstText?: string;
}

/** What our side answered. */
export interface Ours extends Said {
  readonly by: Colleague;
  readonly status?: 'sent' | 'delivered' | 'read' | 'failed';
  readonly errorCode?: string;
  /** The label of an answer of ours in another talk, with the same text. */
  readonly forwards?: string;
  /** The customer's. */
  readonly reaction?: string;
}

/** What the team did with the conversation. */
export interface Done extends Turn {
  readonly by: Colleague;
  readonly event: 'assigned' | 'returned-to-queue' | 'resolved';
  readonly to?: Colleague;
}

export type TalkTurn = Theirs | Ours | Done;

/** When the last turn happened: a while before the start, or on an earlier day by the shop's clock. */
export type Ending =
  | { readonly minutesAgo: number }
  | { readonly daysAgo: number; readonly at: string };

export interface Talk {
  readonly name: string;
  /** Digits. Nobody has these numbers: no mobile number of Brazil begins with 90000. */
  readonly phone: string;
  /** What our people call the contact; otherwise the name chosen on WhatsApp stands. */
  readonly givenName?: string;
  readonly ends: Ending;
  /** Of the customer's last messages; otherwise all that wait in the queue, none of an assigned conversation. */
  readonly unread?: number;
  readonly turns: readonly TalkTurn[];
}

type TheirExtras = Omit<Theirs, 'by' | 'after' | 'text'>;
type OurExtras = Omit<Ours, 'by' | 'after' | 'text'>;

export const customer = (after: number, text: string, extras: TheirExtras = {}): Theirs => ({
  by: 'customer',
  after,
  text,
  ...extras,
});

/** The lines of one colleague. */
export const linesOf = (by: Colleague) => ({
  says: (after: number, text: string, extras: OurExtras = {}): Ours => ({
    by,
    after,
    text,
    ...extras,
  }),
  assigns: (after: number, to: Colleague): Done => ({ by, after, event: 'assigned', to }),
  returns: (after: number): Done => ({ by, after, event: 'returned-to-queue' }),
  resolves: (after: number): Done => ({ by, after, event: 'resolved' }),
});

export const helena = linesOf('admin');
export const renato = linesOf('moderacao');
export const larissa = linesOf('atendente1');
export const diego = linesOf('atendente2');

export const isDone = (turn: TalkTurn): turn is Done => 'event' in turn;
export const isTheirs = (turn: TalkTurn): turn is Theirs => turn.by === 'customer';
