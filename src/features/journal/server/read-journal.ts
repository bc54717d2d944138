import type { Deps } from '#platform/server/deps.ts';
import {
  JournalDamagedError,
  type JournalHead,
  type JournalLine,
  type JournalPlace,
  macAtStart,
  readLines,
} from '#platform/server/journal/index.ts';
import { type JournalBody, journalBodySchema } from './journal-body.ts';

export type JournalTrouble = 'absent' | 'behind' | 'other' | 'damaged' | 'newer';

const wayOut =
  'Put the right one back and start again; if it is lost, make a new one of what this database knows:\n' +
  '  npm run guarita -- journal recreate\n' +
  'That keeps what lies there under another name, and is recorded in the audit log. See docs/operations.md, "The journal".';

const words: Readonly<Record<JournalTrouble, (name: string, seq: number) => string>> = {
  absent: (name) =>
    `there is no journal of removals and blocks in ${name}, and this database was written into one. Without it nobody can say ` +
    'whether this database is older than what was removed and who was blocked since.',
  behind: (name, seq) =>
    `the journal of removals and blocks in ${name} ends before line ${seq}, which this database knows: an older copy lies there.`,
  other: (name, seq) =>
    `the journal of removals and blocks in ${name} is not the one of this database: line ${seq} is another one.`,
  damaged: (name, seq) =>
    `line ${seq} of the journal of removals and blocks in ${name} is not what was written there: it was changed, a line before it ` +
    'is missing, or it was signed under another secret.',
  newer: (name, seq) =>
    `line ${seq} of the journal of removals and blocks in ${name} was written by a newer version of Guarita. Start that one.`,
};

/** The journal and the database do not fit together: nothing starts, and nothing is written. */
export class JournalRefusedError extends Error {
  override readonly name = 'JournalRefusedError';
  readonly trouble: JournalTrouble;
  constructor(trouble: JournalTrouble, { name }: JournalPlace, seq: number) {
    super([words[trouble](name, seq), ...(trouble === 'newer' ? [] : [wayOut])].join('\n'));
    this.trouble = trouble;
  }
}

export interface ReadLine extends JournalHead {
  readonly body: JournalBody;
}

const understood = (place: JournalPlace, { seq, mac, body }: JournalLine): ReadLine => {
  const parsed = journalBodySchema.safeParse(body);
  if (!parsed.success) {
    throw new JournalRefusedError('newer', place, seq);
  }
  return { seq, mac, body: parsed.data };
};

async function* signed(
  place: JournalPlace,
  lines: AsyncIterable<JournalLine>,
): AsyncIterable<ReadLine> {
  try {
    for await (const line of lines) {
      yield understood(place, line);
    }
  } catch (error) {
    throw error instanceof JournalDamagedError
      ? new JournalRefusedError('damaged', place, error.seq)
      : error;
  }
}

const isEmpty = async (place: JournalPlace): Promise<boolean> => {
  for await (const _line of place.read(1)) {
    return false;
  }
  return true;
};

const missing = async (place: JournalPlace, seq: number): Promise<JournalRefusedError> =>
  new JournalRefusedError((await isEmpty(place)) ? 'absent' : 'behind', place, seq);

/** Every line from the first on. */
async function* readAll(
  { keyed }: Pick<Deps, 'keyed'>,
  place: JournalPlace,
  state: JournalHead | undefined,
): AsyncIterable<ReadLine> {
  let last = 0;
  for await (const line of signed(place, readLines(keyed, place.read(1), 1, undefined))) {
    if (line.seq === state?.seq && !line.mac.equals(state.mac)) {
      throw new JournalRefusedError('other', place, line.seq);
    }
    last = line.seq;
    yield line;
  }
  if (state !== undefined && last < state.seq) {
    throw await missing(place, state.seq);
  }
}

async function* withoutFirst(place: JournalPlace, state: JournalHead): AsyncIterable<string> {
  let isFirst = true;
  for await (const line of place.read(state.seq)) {
    if (!isFirst) {
      yield line;
    } else if (!macAtStart(line).equals(state.mac)) {
      throw new JournalRefusedError('other', place, state.seq);
    }
    isFirst = false;
  }
  if (isFirst) {
    throw await missing(place, state.seq);
  }
}

/**
 * The lines that the database does not know of; none when it knows all of them.
 * @param state the last that it knows
 * @param isThorough compares every line of the whole journal with its signature, not only the new ones
 * @throws JournalRefusedError when the journal is absent, behind the database, another one, or changed
 */
export async function* readUnknown(
  { keyed }: Pick<Deps, 'keyed'>,
  place: JournalPlace,
  state: JournalHead | undefined,
  isThorough: boolean,
): AsyncIterable<ReadLine> {
  if (state === undefined) {
    yield* readAll({ keyed }, place, undefined);
  } else if (isThorough) {
    for await (const line of readAll({ keyed }, place, state)) {
      if (line.seq > state.seq) {
        yield line;
      }
    }
  } else {
    const rest = readLines(keyed, withoutFirst(place, state), state.seq + 1, state.mac);
    yield* signed(place, rest);
  }
}
