import type { FastifyInstance } from 'fastify';
import type { EventLog, LogEntry } from '../state/event-log.ts';
import type { Person } from '../state/people.ts';
import type { World } from '../state/world.ts';
import { viewChannel, viewPhone } from './views.ts';

const FLUSH_MS = 60;
const LOG_SHOWN = 200;
const LOG_PER_FLUSH = 100;
const OTHERS_SHOWN = 50;

/** What the page hears, gathered for a moment so that a flood stays readable. */
export class LiveFeed {
  #world: World;
  #extra: () => object;
  #clients = new Set<(chunk: string) => void>();
  #phones = new Set<Person>();
  #entries = new Map<number, LogEntry>();
  #toldChannels = '';
  #timer: NodeJS.Timeout | null = null;
  #stopLog: () => void;

  constructor(world: World, log: EventLog, extra: () => object) {
    this.#world = world;
    this.#extra = extra;
    this.#stopLog = log.listen((entry) => {
      if (this.#clients.size === 0) return;
      this.#entries.set(entry.id, entry);
      this.#soon();
    });
    world.onTouch.add((person) => {
      if (this.#clients.size === 0) return;
      this.#phones.add(person);
      this.#soon();
    });
  }

  /** Everything, for a page that has just opened or after a change of the whole. */
  snapshot(): object {
    const { people, channels, settings, log } = this.#world;
    const everybody = people.list();
    const desk = everybody.filter((person) => person.onDesk);
    const others = everybody
      .filter((person) => !person.onDesk && person.number !== '')
      .slice(-OTHERS_SHOWN)
      .map(({ number, name }) => ({ number, name }));
    return {
      others,
      phones: desk.map((person) => viewPhone(this.#world, person)),
      channels: [...channels.values()].map(viewChannel),
      settings,
      log: log.list(0, LOG_SHOWN),
      ...this.#extra(),
    };
  }

  refresh(): void {
    if (this.#clients.size > 0) this.#tell('snapshot', this.snapshot());
  }

  open(write: (chunk: string) => void): () => void {
    this.#clients.add(write);
    write(frame('snapshot', this.snapshot()));
    return () => this.#clients.delete(write);
  }

  close(): void {
    this.#stopLog();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#clients.clear();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    this.#timer = null;
    const phones = [...this.#phones].filter((person) => person.onDesk);
    const entries = [...this.#entries.values()].slice(-LOG_PER_FLUSH);
    this.#phones.clear();
    this.#entries.clear();
    if (phones.length > 0) {
      this.#tell(
        'phones',
        phones.map((person) => viewPhone(this.#world, person)),
      );
    }
    if (entries.length > 0) this.#tell('log', entries);
    this.#tellChannels();
  }

  /** A call to the Graph or a handshake may have changed them; most of the time nothing has. */
  #tellChannels(): void {
    const channels = [...this.#world.channels.values()].map(viewChannel);
    const told = JSON.stringify(channels);
    if (told !== this.#toldChannels) this.#tell('channels', channels);
    this.#toldChannels = told;
  }

  #tell(event: string, data: unknown): void {
    const chunk = frame(event, data);
    for (const write of this.#clients) write(chunk);
  }
}

function frame(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** `GET /_sim/events`: server-sent events for the page. */
export function addLiveFeed(app: FastifyInstance, feed: LiveFeed): void {
  app.get('/_sim/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    const close = feed.open((chunk) => reply.raw.write(chunk));
    const beat = setInterval(() => reply.raw.write(': \n\n'), 15_000);
    request.raw.on('close', () => {
      clearInterval(beat);
      close();
    });
  });
}
