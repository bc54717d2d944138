import { setTimeout as sleep } from 'node:timers/promises';
import { channelNamed, personOf } from '../inject/find-person.ts';
import { type InboundInput, inboundSchema } from '../inject/inbound-spec.ts';
import { type InjectOptions, injectInbound } from '../inject/inject-inbound.ts';
import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import type { InboundRecord, SentMessage, World } from '../state/world.ts';

/** What whoever starts a scenario may choose. */
export interface ScenarioParams {
  number?: string | undefined;
  name?: string | undefined;
  channel?: string | undefined;
  everyMs?: number | undefined;
  times?: number | undefined;
}

const DESK = 4;

/** Where a scenario plays: its people, its business number, its clock. */
export class Stage {
  readonly world: World;
  readonly params: ScenarioParams;
  readonly signal: AbortSignal;

  constructor(world: World, params: ScenarioParams, signal: AbortSignal) {
    this.world = world;
    this.params = params;
    this.signal = signal;
  }

  get channel(): Channel {
    return channelNamed(this.world, this.params.channel);
  }

  /** A person with a phone on the desk, as long as there is room. */
  person(number: string, name: string): Person {
    const spec = inboundSchema.parse({ from: number });
    const known = this.world.people.find(number);
    const person = known ?? personOf(this.world, spec, this.channel);
    if (known === undefined) person.name = name;
    const desk = this.world.people.list().filter((one) => one.onDesk);
    if (!person.onDesk && desk.length < DESK) person.onDesk = true;
    return person;
  }

  /** The leading person: the number and name chosen, or these. */
  lead(number: string, name: string): Person {
    return this.person(this.params.number ?? number, this.params.name ?? name);
  }

  does(person: Person, spec: Omit<InboundInput, 'from'>, options?: InjectOptions): InboundRecord {
    const [record] = this.together([{ person, ...spec }], options);
    if (record === undefined) throw new Error('nothing was injected');
    return record;
  }

  says(person: Person, text: string): InboundRecord {
    return this.does(person, { text });
  }

  together(
    specs: readonly (Omit<InboundInput, 'from'> & { person: Person })[],
    options?: InjectOptions,
  ): InboundRecord[] {
    const parsed = specs.map(({ person, ...spec }) =>
      inboundSchema.parse({ ...spec, from: person.id, channel: this.channel.phoneNumberId }),
    );
    return injectInbound(this.world, parsed, options);
  }

  pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.signal });
  }

  /** Waits until the item has been told to the business. */
  async delivered(record: InboundRecord, withinMs = 30_000): Promise<void> {
    await record.track.until((track) => track.isOver, withinMs);
    this.signal.throwIfAborted();
  }

  /** The next message the business gets accepted for this person, or null when time is up. */
  answerTo(person: Person, withinMs: number): Promise<SentMessage | null> {
    return new Promise((resolve, reject) => {
      const end = (message: SentMessage | null) => {
        clearTimeout(timer);
        this.world.onSent.delete(listen);
        this.signal.removeEventListener('abort', abort);
        resolve(message);
      };
      const listen = (message: SentMessage, to: Person) => {
        if (to === person && message.type !== 'reaction') end(message);
      };
      const abort = () => {
        end(null);
        reject(this.signal.reason);
      };
      const timer = setTimeout(() => end(null), withinMs);
      this.world.onSent.add(listen);
      this.signal.addEventListener('abort', abort);
    });
  }
}

/** A little play, started by name from the page or the API. */
export interface Scenario {
  name: string;
  /** In Portuguese, for the page. */
  title: string;
  summary: string;
  play: (stage: Stage) => Promise<void>;
}
