import type { ListAddress, ListChange, ListOutcome } from '../../block-list-port.ts';
import type { GraphAnswer, GraphError } from './graph-client.ts';
import { graphErrorClass, retryDelayMs } from './graph-error-codes.ts';
import { asId, asInteger, asList, asWire, isWire, type Wire } from './wire.ts';

/** Some or all users failed: the lists beside it tell which. */
const seeLists = 139_100;

const isWorthRepeating = ({ code, isTransient }: GraphError): boolean => {
  const known = graphErrorClass(code);
  return known === undefined ? isTransient : known === 'retry' || known === 'wait';
};

/** What an error means for one address (docs/whatsapp-cloud-api.md, 1.7). */
const outcomeOfError = (error: GraphError, { kind }: ListAddress): ListOutcome => {
  const code = `whatsapp-${error.code}`;
  if (error.code === 131_047) {
    return { kind: 'refused', why: 'waiting-for-message', code };
  }
  if (error.code === 139_101) {
    return { kind: 'refused', why: 'list-full', code };
  }
  if (isWorthRepeating(error)) {
    return { kind: 'retry', code };
  }
  // A business-scoped id is new there: an account that does not take them says that the parameter is wrong.
  const isUnknownForm = kind === 'bsuid' && (error.code === 100 || error.code === 131_009);
  return { kind: 'refused', why: isUnknownForm ? 'not-supported' : 'failed', code };
};

/** Said of the request, not of this address. */
const outcomeOfWhole = (error: GraphError, address: ListAddress): ListOutcome => {
  const outcome = outcomeOfError(error, address);
  return outcome.kind === 'refused' ? { ...outcome, isWhole: true } : outcome;
};

const errorIn = (value: unknown): GraphError | undefined => {
  const error = asWire(value);
  const code = asInteger(error['code']);
  return code === undefined ? undefined : { code, isTransient: error['is_transient'] === true };
};

/** `error`, or `errors` as libraries have met it; one or a list. Their texts may quote numbers. */
const topError = (body: Wire): GraphError | undefined =>
  [body['error'], body['errors'], asList(body['errors'])[0]]
    .map(errorIn)
    .find((error) => error !== undefined);

/** One spelling for what was sent and what comes back as `input`. */
const inputKey = (input: string, kind: ListAddress['kind']): string =>
  kind === 'phone' ? input.replace(/\D/g, '') : input;

interface Told {
  readonly done: ReadonlySet<string>;
  readonly failed: ReadonlyMap<string, GraphError>;
}

/** Without a code of its own it is still a failure. */
const unnamedError: GraphError = { code: 139_100, isTransient: false };

/** By `input`, as it was and as digits; never by `wa_id`, which may be another number. */
const namesOf = (user: unknown): string[] => {
  const input = asId(asWire(user)['input']);
  return input === undefined ? [] : [input, inputKey(input, 'phone')];
};

/** Undefined when the answer has none of the lists. */
const readLists = (body: Wire): Told | undefined => {
  const lists = body['block_users'];
  if (!isWire(lists)) {
    return undefined;
  }
  // Removals are printed as additions in Meta's own pages of 2025.
  const doneLists = [...asList(lists['added_users']), ...asList(lists['removed_users'])];
  const failed = asList(lists['failed_users']).flatMap((user) => {
    const [first] = asList(asWire(user)['errors']);
    const error = errorIn(first) ?? unnamedError;
    return namesOf(user).map((name) => [name, error] as const);
  });
  return { done: new Set(doneLists.flatMap(namesOf)), failed: new Map(failed) };
};

const outcomeIn = (
  { done, failed }: Told,
  address: ListAddress,
  whole: GraphError | undefined,
): ListOutcome => {
  const key = inputKey(address.value, address.kind);
  const error = failed.get(address.value) ?? failed.get(key);
  if (error !== undefined) {
    return outcomeOfError(error, address);
  }
  if (done.has(address.value) || done.has(key)) {
    return { kind: 'done' };
  }
  return whole === undefined || whole.code === seeLists
    ? { kind: 'unknown' }
    : outcomeOfWhole(whole, address);
};

const everyOne = (addresses: readonly ListAddress[], outcome: ListOutcome): ListOutcome[] =>
  addresses.map(() => outcome);

/** How long the number is left alone: as the first code that asks for it wants. */
const restOf = (outcomes: readonly ListOutcome[], attempt: number): number | null => {
  const waiting = outcomes.find(({ kind }) => kind === 'retry' || kind === 'unknown');
  if (waiting === undefined) {
    return null;
  }
  const code =
    waiting.kind === 'retry' ? /^whatsapp-(\d{1,9})$/.exec(waiting.code)?.[1] : undefined;
  return retryDelayMs(code === undefined ? null : Number(code), attempt);
};

/** No error of the Graph's own: something in between answered. */
const outcomeOfStatus = (status: number): ListOutcome => {
  if (status === 429) {
    return { kind: 'retry', code: 'whatsapp-http-429' };
  }
  return status >= 300 && status < 500 && status !== 408
    ? { kind: 'refused', why: 'failed', code: `whatsapp-http-${status}`, isWhole: true }
    : { kind: 'unknown' };
};

const outcomesOf = (answer: GraphAnswer, addresses: readonly ListAddress[]): ListOutcome[] => {
  switch (answer.kind) {
    case 'unreachable':
      return everyOne(addresses, { kind: 'retry', code: 'network-unreachable' });
    case 'lost':
      return everyOne(addresses, { kind: 'unknown' });
    case 'unreadable':
      return everyOne(addresses, outcomeOfStatus(answer.status));
    case 'answer': {
      const whole = topError(answer.body);
      // Read before the status is looked at: with HTTP 400 part of the work may have been done.
      const told = readLists(answer.body);
      if (told !== undefined) {
        return addresses.map((address) => outcomeIn(told, address, whole));
      }
      if (whole?.code === seeLists) {
        return everyOne(addresses, { kind: 'unknown' });
      }
      return whole === undefined
        ? everyOne(addresses, outcomeOfStatus(answer.status))
        : addresses.map((address) => outcomeOfWhole(whole, address));
    }
  }
};

/**
 * What an answer to POST or DELETE of `block_users` says of each address (docs/whatsapp-cloud-api.md, 1.3 to 1.7).
 * Pure. The HTTP status decides only where no list and no error does.
 * @param attempt tries that went before, for back-off
 */
export const readListAnswer = (
  answer: GraphAnswer,
  addresses: readonly ListAddress[],
  attempt: number,
): ListChange => {
  const outcomes = outcomesOf(answer, addresses);
  return { outcomes, restMs: restOf(outcomes, attempt) };
};
