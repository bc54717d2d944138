import type { Person } from '../../simulator/state/people.ts';
import type { World } from '../../simulator/state/world.ts';
import type { DemoPhone } from '../../src/app/server/demo/demo-queries.ts';

/** Phones on the desk of the simulator's page at the first start; the rest can be laid there. */
const DESK = 3;

function rememberLines(person: Person, channel: string, { lines }: DemoPhone): void {
  for (const { externalId: id, direction, kind, text, at, isAnswered } of lines) {
    const seen = isAnswered ? 'read' : 'delivered';
    const [side, ticks] =
      direction === 'in' ? (['person', seen] as const) : (['business', 'none'] as const);
    person.thread.add({ id, channel, side, kind, text: text ?? kind, at, ticks });
  }
}

/**
 * Tells the simulator of who wrote before it was there: otherwise it would take an answer to them for one outside the
 * 24-hour window, and their phones would be empty. What it remembers by itself is left alone.
 * @param phones the one that wrote last comes last
 */
export function rememberPhones(world: World, channel: string, phones: readonly DemoPhone[]): void {
  const isDeskSet = world.people.list().some((person) => person.onDesk);
  for (const phone of phones) {
    const name = phone.name === null ? {} : { name: phone.name };
    const person = world.people.byPhone(phone.phone) ?? world.people.create(phone.phone, name);
    const known = person.lastInboundAt.get(channel) ?? 0;
    person.lastInboundAt.set(channel, Math.max(known, phone.lastInboundAt?.getTime() ?? 0));
    if (person.thread.list().length === 0) rememberLines(person, channel, phone);
  }
  if (isDeskSet) return;
  for (const { phone } of phones.slice(-DESK)) world.people.ensure(phone, { onDesk: true });
}
