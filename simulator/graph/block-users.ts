import type { Channel } from '../state/channels.ts';
import type { Fault } from '../state/faults.ts';
import type { Person } from '../state/people.ts';
import type { World } from '../state/world.ts';
import { isParentUserId, looksLikeUserId, makeTraceId } from '../wire/ids.ts';
import { canonicalPhone, looksLikePhone } from '../wire/phone-forms.ts';
import { isWindowOpen } from './accept-message.ts';
import { dialledDigits } from './dialled-digits.ts';
import { titleOf } from './error-catalogue.ts';
import { isObject, requireProduct } from './fields.ts';
import { GraphError } from './graph-error.ts';

const USERS_PER_REQUEST = 1_000;

interface Named {
  input: string;
  by: 'phone' | 'user-id';
}

interface UserResult {
  input: string;
  wa_id?: string;
  user_id?: string;
  errors?: object[];
}

type Verb = 'block' | 'unblock';

function readUsers(body: unknown): Named[] {
  const users = requireProduct(body)['block_users'];
  if (!Array.isArray(users)) {
    throw new GraphError(100, { message: '(#100) The parameter block_users is required.' });
  }
  if (users.length > USERS_PER_REQUEST) {
    throw new GraphError(130429, { details: 'More than 1000 users in one request' });
  }
  return users.map((one): Named => {
    const { user, user_id: userId } = isObject(one) ? one : {};
    if (typeof user === 'string' && user !== '') return { input: user, by: 'phone' };
    if (typeof userId === 'string' && userId !== '') return { input: userId, by: 'user-id' };
    throw new GraphError(100, { details: 'Each element of block_users needs user or user_id' });
  });
}

/** Who is meant, and the code of the reason why it cannot be done. */
function resolve(
  world: World,
  channel: Channel,
  named: Named,
): { person: Person | undefined; code: number | null } {
  if (named.by === 'user-id') {
    const isUsable = looksLikeUserId(named.input) && !isParentUserId(named.input);
    if (!isUsable) return { person: undefined, code: 100 };
    const person = world.people.byUserId(named.input);
    // The whole string, and that of this portfolio: another one's is nobody here.
    const isOurs = person !== undefined && named.input === world.people.userIdFor(person, channel);
    return { person: isOurs ? person : undefined, code: null };
  }
  if (!looksLikePhone(named.input)) return { person: undefined, code: null };
  const digits = dialledDigits(world, channel, named.input);
  if (isNumberOf(channel, digits)) return { person: undefined, code: 131021 };
  return { person: world.people.byPhone(digits), code: null };
}

function isNumberOf(channel: Channel, digits: string): boolean {
  return canonicalPhone(digits) === canonicalPhone(channel.displayPhoneNumber);
}

function mayBeBlocked(world: World, channel: Channel, person: Person): number | null {
  if (channel.blockList.has(person.id)) return null;
  // Another business: never, whatever it wrote.
  const isBusiness = [...world.channels.values()].some((one) => isNumberOf(one, person.number));
  if (isBusiness) return 131047;
  if (!person.isOnWhatsApp || !isWindowOpen(person, channel, false)) return 131047;
  return channel.blockList.size >= world.settings.blockListLimit ? 139101 : null;
}

function failure(named: Named, person: Person | undefined, code: number): UserResult {
  const { title, details } = titleOf(
    code,
    code === 131047 ? 'User has not messaged in the last 24 hours' : undefined,
  );
  const waId = named.by === 'phone' && person?.isOnWhatsApp ? { wa_id: person.waId } : {};
  return {
    input: named.input,
    ...waId,
    errors: [
      {
        message: code === 131047 ? 'Re-engagement required' : title,
        code,
        error_data: { details },
      },
    ],
  };
}

function applyTo(world: World, channel: Channel, named: Named, verb: Verb): UserResult {
  const { person, code } = resolve(world, channel, named);
  if (code !== null) return failure(named, person, code);
  if (verb === 'block') {
    const refusal = person === undefined ? 131047 : mayBeBlocked(world, channel, person);
    if (person === undefined || refusal !== null) return failure(named, person, refusal ?? 131047);
    channel.blockList.add(person.id);
    world.touch(person);
    return success(named, person.waId);
  }
  if (person !== undefined) {
    channel.blockList.remove(person.id);
    world.touch(person);
  }
  return success(named, person?.waId ?? dialledDigits(world, channel, named.input));
}

function success(named: Named, waId: string): UserResult {
  if (named.by === 'user-id') return { input: named.input, user_id: named.input };
  return { input: named.input, wa_id: waId };
}

function failsByFault(world: World, fault: Fault | null, channel: Channel, named: Named): boolean {
  if (fault?.error?.perUser !== true) return false;
  if (fault.to === undefined) return true;
  const person = resolve(world, channel, named).person;
  return named.input === fault.to || world.people.find(fault.to) === person;
}

/** Blocks or unblocks up to 1,000 users; some may fail while the others are done. */
export function changeBlockList(
  world: World,
  channel: Channel,
  body: unknown,
  verb: Verb,
  fault: Fault | null,
): { status: number; body: object } {
  const done: UserResult[] = [];
  const failed: UserResult[] = [];
  for (const named of readUsers(body)) {
    const result = failsByFault(world, fault, channel, named)
      ? failure(named, resolve(world, channel, named).person, fault?.error?.code ?? 139103)
      : applyTo(world, channel, named, verb);
    (result.errors === undefined ? done : failed).push(result);
  }
  const doneKey = verb === 'block' ? 'added_users' : world.settings.removedUsersKey;
  const lists = {
    ...(done.length > 0 ? { [doneKey]: done } : {}),
    ...(failed.length > 0 ? { failed_users: failed } : {}),
  };
  const answer = { messaging_product: 'whatsapp', block_users: lists };
  if (failed.length === 0) return { status: 200, body: answer };
  if (world.settings.mixedBlockStatus === 200) return { status: 200, body: answer };
  return { status: 400, body: { ...answer, [world.settings.mixedBlockError]: mixedError(verb) } };
}

function mixedError(verb: Verb): object {
  return {
    message: '(#139100) Failed to block/unblock users',
    type: 'OAuthException',
    code: 139100,
    error_data: {
      details: `Failed to ${verb} some users, see the block_users response list for details`,
    },
    fbtrace_id: makeTraceId(),
  };
}
