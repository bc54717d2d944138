import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { readAll } from '../inject/emit-statuses.ts';
import { channelNamed } from '../inject/find-person.ts';
import type { Person, PersonDraft } from '../state/people.ts';
import { RequestError } from '../state/request-error.ts';
import type { World } from '../state/world.ts';
import { digitsOf, looksLikePhone } from '../wire/phone-forms.ts';
import { type newPhone, newPhones, phonePatch, read } from './bodies.ts';
import { viewPhone } from './views.ts';

type Patch = z.output<typeof phonePatch>;

const DESK = 4;

function draftOf(patch: Patch): PersonDraft {
  const { blocksBusiness: _, lastInboundAt: __, channel: ___, isOnline: ____, ...rest } = patch;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const draft = Object.fromEntries(given) as PersonDraft;
  return draft.waId === undefined ? draft : { ...draft, waId: digitsOf(draft.waId) };
}

function personAt(world: World, reference: string): Person {
  const person = world.people.find(reference);
  if (person === undefined) throw new RequestError(404, 'no such phone');
  return person;
}

function goOnline(person: Person): void {
  person.isOnline = true;
  const waiting = person.waiting;
  person.waiting = [];
  for (const go of waiting) go();
}

/** A person takes the business off the own block list, or puts it on. */
function setBlock(person: Person, phoneNumberId: string, blocks: boolean): void {
  if (blocks) person.blocks.add(phoneNumberId);
  else person.blocks.delete(phoneNumberId);
}

function makeRoom(world: World, person: Person): void {
  const desk = world.people.list().filter((one) => one.onDesk && one !== person);
  if (desk.length >= DESK) throw new RequestError(409, 'the desk holds four phones');
}

function applyPatch(world: World, person: Person, patch: Patch): void {
  if (patch.onDesk === true && !person.onDesk) makeRoom(world, person);
  world.people.change(person, draftOf(patch));
  const { phoneNumberId } = channelNamed(world, patch.channel);
  if (patch.blocksBusiness !== undefined) setBlock(person, phoneNumberId, patch.blocksBusiness);
  if (patch.lastInboundAt !== undefined) {
    person.lastInboundAt.set(phoneNumberId, Date.parse(patch.lastInboundAt));
  }
  if (patch.isOnline === false) person.isOnline = false;
  if (patch.isOnline === true && !person.isOnline) goOnline(person);
}

function addPhone(world: World, wanted: z.output<typeof newPhone>): Person {
  const { number, ...patch } = wanted;
  if (!looksLikePhone(number)) throw new RequestError(422, 'number is not a phone number');
  const person = world.people.ensure(number);
  applyPatch(world, person, patch);
  return person;
}

/** The people and what they do with their phones, writing apart. */
export function addPhoneRoutes(app: FastifyInstance, world: World, refresh: () => void): void {
  type Id = { Params: { id: string } };

  app.get('/_sim/phones', () => ({
    items: world.people.list().map((person) => viewPhone(world, person)),
  }));
  app.get<Id>('/_sim/phones/:id', (request) =>
    viewPhone(world, personAt(world, request.params.id)),
  );
  app.post('/_sim/phones', (request) => {
    const wanted = read(newPhones, request.body);
    if ('phones' in wanted) {
      for (const phone of wanted.phones) addPhone(world, phone);
      refresh();
      return { added: wanted.phones.length };
    }
    const person = addPhone(world, wanted);
    refresh();
    return viewPhone(world, person);
  });
  app.patch<Id>('/_sim/phones/:id', (request) => {
    const person = personAt(world, request.params.id);
    const wasOnDesk = person.onDesk;
    applyPatch(world, person, read(phonePatch, request.body));
    if (person.onDesk === wasOnDesk) world.touch(person);
    else refresh();
    return viewPhone(world, person);
  });
  app.delete<Id>('/_sim/phones/:id', (request) => {
    world.people.remove(personAt(world, request.params.id));
    refresh();
    return { removed: true };
  });
  app.post<Id>('/_sim/phones/:id/read', (request) => ({
    read: readAll(world, personAt(world, request.params.id)),
  }));
}
